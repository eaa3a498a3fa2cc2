// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.Uninterruptibles;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import io.gcpo.advantage.server.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WorkerSeatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong();
  private final Ticker ticker =
      new Ticker() {
        @Override
        public long read() {
          return now.get();
        }
      };
  private final CountDownLatch opening = new CountDownLatch(1);
  private final CountDownLatch driver = new CountDownLatch(1);

  /** A driver may hang before there is a call of the model to be timed. */
  @Test
  void workerThatNeverGetsItsEncoder_losesItsSeat() throws InterruptedException {
    EncodingWorker worker = EncodingWorker.untested(tools(), this::openInVain, () -> {});
    Thread thread = new Thread(worker);
    WorkerSeat seat = new WorkerSeat(worker, thread);
    thread.start();
    Await.until(() -> opening.getCount() == 0);

    now.set(WorkerSeat.OPENING_PATIENCE.toNanos());
    assertThat(seat.vacate(PATIENCE, now.get())).isEmpty();
    now.addAndGet(2);
    assertThat(seat.vacate(PATIENCE, now.get())).contains(worker);

    driver.countDown();
    thread.join();
    assertThat(worker.hasFailed()).isTrue();
  }

  private Encoder openInVain() {
    opening.countDown();
    Uninterruptibles.awaitUninterruptibly(driver);
    throw new EmbeddingUnavailableException("no driver");
  }

  private EncodingWorker.Tools tools() {
    FakeTokenizer tokenizer = new FakeTokenizer();
    BatchSettings settings =
        new BatchSettings(
            tokenizer.specialTokens(), 10, SentencePipeline.mean(Path.of("mean")).head(4), 4);
    EmbeddingObserver observer = EmbeddingObserver.NONE;
    return new EncodingWorker.Tools(
        new WindowQueue(1, 100, Duration.ZERO, false, observer, ticker),
        new SelfTest(tokenizer, settings, RecordedEmbeddings.NONE),
        32,
        encoder -> new ModelCalls(encoder, observer, ticker),
        calls -> new BatchRunner(calls, settings, observer, ticker),
        ticker);
  }
}
