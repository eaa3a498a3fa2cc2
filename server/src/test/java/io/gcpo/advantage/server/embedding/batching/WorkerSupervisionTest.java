// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that end or hang are replaced, and what is said of them is true. */
@Timeout(120)
final class WorkerSupervisionTest extends BatchingEmbedderFixture {
  @Test
  void hangingBatch_failsAndItsWorkerIsReplaced() {
    start(1, Duration.ofMillis(200));

    assertLost(embed("~"), EmbeddingFailure.WORKER_RESTARTING);

    assertThat(embed("next").join()).hasSize(1);
    assertThat(observer.restarts).hasValue(1);
    assertThat(observer.inFlightTokens).hasValue(0);
    assertThat(embedder.isReady()).isTrue();
    assertThat(embedder.isAlive()).isTrue();
    // It is ready a moment before that is said.
    Await.until(() -> readinessChanges.get() == 2);
    model.endHangs();
    // The thread that hung gives its encoder back, and nothing else.
    Await.until(() -> model.openEncoders.get() == 1);
    assertThat(observer.inFlightTokens).hasValue(0);
    assertThat(embed("last").join()).hasSize(1);
  }

  @Test
  void lostDevice_losesWhatWaits() {
    start(1, Duration.ofMillis(100));
    model.hangs = true;
    CompletableFuture<List<TextOutcome>> hangs = embed("a");
    Await.until(() -> observer.inFlightTokens.get() > 0);
    CompletableFuture<List<TextOutcome>> waits = embed("longer than the other");

    assertLost(hangs, EmbeddingFailure.WORKER_RESTARTING);
    // Of three windows, which no worker ever took.
    assertLost(waits, EmbeddingFailure.WORKER_RESTARTING);
    assertThat(embedder.isAlive()).isFalse();
    Await.until(() -> observer.queuedTokens.get() == 0);
  }

  @Test
  void readinessThatCannotBeTold_isToldAtTheNextLook() {
    start(1, Duration.ofSeconds(30));
    readinessFailures.set(1);
    model.broken = true;

    assertLost(embed("a"), EmbeddingFailure.WORKER_RESTARTING);

    Await.until(() -> readinessChanges.get() == 1);
    assertThat(embedder.isReady()).isFalse();
    model.broken = false;
    Await.until(() -> readinessChanges.get() == 2);
    assertThat(embedder.isReady()).isTrue();
  }

  @Test
  void oneOfTwoHangs_theOtherWorksOn() {
    start(2, Duration.ofSeconds(30));
    CompletableFuture<List<TextOutcome>> hangs = embed("~");
    Await.until(() -> observer.inFlightTokens.get() > 0);

    assertThat(embed("other").join()).hasSize(1);
    assertThat(embedder.isReady()).isTrue();
    model.endHangs();
    assertThat(hangs.join()).hasSize(1);
    assertThat(observer.restarts).hasValue(0);
  }

  @Test
  void everythingHangs_isSaidAndMendsItself() {
    start(1, Duration.ofMillis(100));
    model.hangs = true;

    assertLost(embed("a"), EmbeddingFailure.WORKER_RESTARTING);
    Await.until(() -> !embedder.isReady());
    Await.until(() -> !embedder.isAlive());

    model.hangs = false;
    model.endHangs();
    Await.until(() -> embedder.isReady() && embedder.isAlive());
    assertThat(embed("next").join()).hasSize(1);
  }

  @Test
  void lostDevice_isSaidAndMendsItself() {
    start(1, Duration.ofSeconds(30));
    model.broken = true;

    assertLost(embed("a"), EmbeddingFailure.WORKER_RESTARTING);
    Await.until(() -> !embedder.isReady());
    Await.until(() -> !embedder.isAlive());
    assertThat(observer.restarts).hasValueGreaterThanOrEqualTo(2);

    model.broken = false;
    Await.until(() -> embedder.isReady() && embedder.isAlive());
    assertThat(embed("next").join()).hasSize(1);
  }

  @Test
  void fullQueue_isNoDeadWorker() {
    embedder = create(1, 20, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
    CompletableFuture<List<TextOutcome>> running = embedAndHold("running");
    CompletableFuture<List<TextOutcome>> waiting = embed("waiting");

    assertFailure(embed("a".repeat(60)), QueueFullException.class);
    assertThat(embedder.isReady()).isTrue();
    assertThat(embedder.isAlive()).isTrue();
    model.letPass();
    CompletableFuture.allOf(running, waiting).join();
  }

  @Test
  void stop_aWorkerHangs_leavesTheModelLoaded() {
    start(1, Duration.ofMillis(100));
    assertLost(embed("~"), EmbeddingFailure.WORKER_RESTARTING);
    stopped.set(true);

    assertThatThrownBy(() -> embedder.stop())
        .hasMessage("worker: still busy after 1 s (expected: ended)");
    assertThat(model.closed).hasValue(0);
  }

  private void start(int workers, Duration timeout) {
    batchTimeout = timeout;
    embedder =
        create(workers, 100_000, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);
    start();
  }
}
