// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.testing.Models;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A batching embedder with a model and a tokenizer that a test can hold and look into. */
abstract class BatchingEmbedderFixture {
  static final int WINDOW = 10;

  final FakeTokenizer tokenizer = new FakeTokenizer();
  final FakeModel model = new FakeModel();
  final RecordingObserver observer = new RecordingObserver();
  final AtomicBoolean stopped = new AtomicBoolean();
  boolean deterministic;
  Duration batchTimeout = Duration.ofSeconds(60);
  final AtomicInteger readinessChanges = new AtomicInteger();

  /** How often whoever is told of readiness will still fail. */
  final AtomicInteger readinessFailures = new AtomicInteger();

  BatchingEmbedder embedder =
      create(1, 100_000, MoreExecutors.newDirectExecutorService(), RecordedEmbeddings.NONE);

  @AfterEach
  void stop() throws InterruptedException {
    model.letPass();
    model.endHangs();
    if (!stopped.get()) {
      embedder.stop();
    }
  }

  BatchingEmbedder create(
      int workers, long maxQueuedTokens, ExecutorService executor, RecordedEmbeddings recorded) {
    return BatchingEmbedder.create(
        new BatchingConfig(workers, 1, 32, 1, 32, 8, deterministic, maxQueuedTokens, batchTimeout),
        Models.fake("fake", WINDOW),
        recorded,
        tokenizer,
        model,
        new EmbeddingThreads(executor, Thread::new),
        observer,
        this::readinessChanged,
        Ticker.systemTicker());
  }

  private void readinessChanged() {
    if (readinessFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("a defect of whoever is told");
    }
    readinessChanges.incrementAndGet();
  }

  void start() {
    embedder.start();
  }

  CompletableFuture<List<TextOutcome>> embed(String... texts) {
    return embedder
        .embed(
            Arrays.stream(texts).map(BatchingEmbedderFixture::task).toList(),
            CancellationSignal.NONE)
        .orTimeout(60, TimeUnit.SECONDS);
  }

  /** The text's batch is with the model, and stays there until the model lets batches pass. */
  CompletableFuture<List<TextOutcome>> embedAndHold(String text) {
    model.hold();
    CompletableFuture<List<TextOutcome>> held = embed(text);
    model.awaitBatch();
    return held;
  }

  Embedding embeddingOf(String text) {
    return embedded(embed(text).join().get(0)).embedding();
  }

  static TextTask task(String text) {
    return new TextTask(text, TruncationPolicy.CHUNK_MEAN);
  }

  static TextOutcome.Embedded embedded(TextOutcome outcome) {
    return (TextOutcome.Embedded) outcome;
  }

  static void assertLost(CompletableFuture<List<TextOutcome>> future, EmbeddingFailure reason) {
    assertThat(future.join()).containsExactly(new TextOutcome.Failed(reason));
  }

  static void assertFailure(CompletableFuture<?> future, Class<? extends Throwable> expected) {
    CompletableFuture<Throwable> failure =
        future.handle((value, thrown) -> thrown).orTimeout(60, TimeUnit.SECONDS);
    assertThat(failure.join()).isInstanceOf(expected);
  }
}
