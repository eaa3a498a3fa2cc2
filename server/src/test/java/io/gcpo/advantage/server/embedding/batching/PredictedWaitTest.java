// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static io.gcpo.advantage.server.embedding.batching.BatchingEmbedderFixture.assertFailure;
import static io.gcpo.advantage.server.embedding.batching.BatchingEmbedderFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.ShedReason;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.ManualTicker;
import io.gcpo.advantage.server.testing.Models;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One worker, whose batches of three texts with ten tokens each take 10 ms. */
@Timeout(60)
final class PredictedWaitTest {
  private static final Duration BATCH = Duration.ofMillis(10);
  private static final CancellationSignal PATIENT = CancellationSignal.NONE;

  private final ManualTicker ticker = new ManualTicker();
  private final FakeTokenizer tokenizer = new FakeTokenizer();
  private final FakeModel model = new FakeModel();
  private final Queue<ShedReason> shed = new ConcurrentLinkedQueue<>();
  private final Queue<EmbeddingObserver.Stop> missed = new ConcurrentLinkedQueue<>();
  private BatchingEmbedder embedder = create(Duration.ofMillis(300));

  @BeforeEach
  void start() {
    embedder.start();
    embedder.embed(texts(90), PATIENT).join();
  }

  @AfterEach
  void stop() throws InterruptedException {
    model.letPass();
    embedder.stop();
  }

  @Test
  void workThatWouldBeLate_isRefusedUntouched() {
    CompletableFuture<List<TextOutcome>> patient = fill(60);
    long tokenised = tokenizer.characters.get();

    CompletableFuture<List<TextOutcome>> late = embedder.embed(texts(1), remaining(10));

    assertFailure(late, PredictedWaitException.class);
    assertThat(tokenizer.characters).hasValue(tokenised);
    assertThat(shed).containsExactly(ShedReason.PREDICTED_WAIT);
    assertThat(embedder.estimatedWait()).isBetween(Duration.ofMillis(190), Duration.ofMillis(220));
    model.letPass();
    assertThat(patient.join()).hasSize(60);
    assertThat(embedder.estimatedWait()).isZero();
  }

  @Test
  void workThatCanBeInTime_isDone() {
    CompletableFuture<List<TextOutcome>> patient = fill(60);

    CompletableFuture<List<TextOutcome>> urgent = embedder.embed(texts(1), remaining(1_000));

    model.letPass();
    assertThat(urgent.join()).hasSize(1);
    assertThat(patient.join()).hasSize(60);
    assertThat(shed).isEmpty();
  }

  @Test
  void workThatWouldMakeOthersLate_isRefused() {
    model.hold();
    CompletableFuture<List<TextOutcome>> running = embedder.embed(texts(1), PATIENT);
    model.awaitBatch();
    CompletableFuture<List<TextOutcome>> first = embedder.embed(texts(60), remaining(250));

    CompletableFuture<List<TextOutcome>> second = embedder.embed(texts(45), remaining(220));

    assertFailure(second, QueueFullException.class);
    model.letPass();
    assertThat(running.join()).hasSize(1);
    assertThat(first.join()).hasSize(60);
    assertThat(shed).containsExactly(ShedReason.QUEUE_WAIT);
  }

  @Test
  void longerThanMayBeWaited_isRefused() {
    CompletableFuture<List<TextOutcome>> patient = fill(120);

    CompletableFuture<List<TextOutcome>> more = embedder.embed(texts(1), PATIENT);

    assertFailure(more, QueueFullException.class);
    model.letPass();
    assertThat(patient.join()).hasSize(120);
  }

  @Test
  void deadlineThatPassesInTheQueue_costsNothingMore() {
    model.hold();
    CompletableFuture<List<TextOutcome>> running = embedder.embed(texts(1), PATIENT);
    model.awaitBatch();
    AtomicLong left = new AtomicLong(1_000_000_000);
    CompletableFuture<List<TextOutcome>> late =
        embedder.embed(List.of(task("is late")), new Remaining(left));
    left.set(0);
    model.letPass();

    assertThat(running.join()).hasSize(1);
    assertFailure(late, CancellationException.class);
    Await.until(() -> missed.size() == 1);
    assertThat(missed).containsExactly(EmbeddingObserver.Stop.QUEUE);
    assertThat(model.encodedTexts()).doesNotContain("is late");
  }

  @Test
  void deadlineThatNoBatchCanMeet_costsNothingMore() {
    CompletableFuture<List<TextOutcome>> patient = fill(3);
    AtomicLong left = new AtomicLong(1_000_000_000);
    CompletableFuture<List<TextOutcome>> late =
        embedder.embed(List.of(task("is late")), new Remaining(left));
    left.set(BATCH.toNanos() / 4);
    model.letPass();

    assertThat(patient.join()).hasSize(3);
    assertFailure(late, PredictedWaitException.class);
    Await.until(() -> missed.size() == 1);
    assertThat(missed).containsExactly(EmbeddingObserver.Stop.QUEUE);
    assertThat(model.encodedTexts()).doesNotContain("is late");
  }

  @Test
  void wholeQueueRefused_nextWorkIsLetInAgain() {
    CompletableFuture<List<TextOutcome>> patient = fill(120);
    assertFailure(embedder.embed(texts(1), remaining(10)), PredictedWaitException.class);
    model.letPass();
    patient.join();

    assertThat(embedder.embed(texts(200), remaining(10)).join()).hasSize(200);
  }

  /** One batch with the model, which stays there, and so many texts behind it. */
  private CompletableFuture<List<TextOutcome>> fill(int texts) {
    model.hold();
    CompletableFuture<List<TextOutcome>> running = embedder.embed(texts(1), PATIENT);
    model.awaitBatch();
    assertThat(running).isNotDone();
    return embedder.embed(texts(texts), PATIENT);
  }

  private BatchingEmbedder create(Duration maxWait) {
    return BatchingEmbedder.create(
        new BatchingConfig(1, 1, 32, 1, 32, 8, false, 1_000_000, maxWait, Duration.ofHours(1)),
        Models.fake("fake", BatchingEmbedderFixture.WINDOW),
        RecordedEmbeddings.NONE,
        tokenizer,
        model,
        new EmbeddingThreads(MoreExecutors.newDirectExecutorService(), Thread::new),
        new EmbeddingObserver() {
          @Override
          public void batchStarted(long tokens) {
            ticker.advance(BATCH);
          }

          @Override
          public void shed(ShedReason reason) {
            shed.add(reason);
          }

          @Override
          public void deadlineMissed(Stop stop) {
            missed.add(stop);
          }
        },
        () -> {},
        ticker);
  }

  private static List<TextTask> texts(int count) {
    return Collections.nCopies(count, task("12345678"));
  }

  private static CancellationSignal remaining(long millis) {
    return new Remaining(new AtomicLong(Duration.ofMillis(millis).toNanos()));
  }

  private record Remaining(AtomicLong nanos) implements CancellationSignal {
    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Duration remaining() {
      return Duration.ofNanos(nanos.get());
    }
  }
}
