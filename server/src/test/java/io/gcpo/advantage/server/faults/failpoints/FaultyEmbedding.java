// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import static io.gcpo.advantage.server.faults.failpoints.Action.DELAY;
import static io.gcpo.advantage.server.faults.failpoints.Action.ERROR;
import static io.gcpo.advantage.server.faults.failpoints.Action.EXCEPTION;
import static io.gcpo.advantage.server.faults.failpoints.Action.REJECTION;

import com.google.common.base.Ticker;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import io.gcpo.advantage.server.testing.Models;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The real model and everything in front of it, with failpoints in between. */
final class FaultyEmbedding extends AbstractModule {
  static final long BATCH_TIMEOUT_MILLIS = 1_000;

  /** For two embeddings: nearly every text goes through the model. */
  private static final int CACHE_BYTES = 4_096;

  private static final int TOKEN_BUDGET = 512;
  private static final List<Action> DEFECTS = List.of(EXCEPTION, ERROR);

  private final Failpoints points;

  FaultyEmbedding(Failpoints points) {
    this.points = points;
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(BatchingEmbedder.class);
    Multibinder.newSetBinder(binder(), ReadinessCheck.class)
        .addBinding()
        .to(BatchingEmbedder.class);
    Multibinder.newSetBinder(binder(), LivenessCheck.class).addBinding().to(BatchingEmbedder.class);
  }

  @Provides
  @Singleton
  BatchingEmbedder batching(EmbeddingObservers observers, Readiness readiness, Ticker ticker) {
    ModelDirectory model = Models.read(Path.of(System.getProperty("gcpo.model.directory")));
    Tokenizer tokenizer =
        model.preparation().around(HuggingFaceTokenizerAdapter.open(model.tokenizerFile()));
    return BatchingEmbedder.create(
        new BatchingConfig(
            2,
            1,
            TOKEN_BUDGET,
            TOKEN_BUDGET,
            TOKEN_BUDGET,
            4,
            false,
            4_000_000,
            Duration.ofMillis(BATCH_TIMEOUT_MILLIS)),
        model,
        RecordedEmbeddings.read(model),
        points.around(
            Tokenizer.class, "tokenizer", tokenizer, List.of(EXCEPTION, ERROR, DELAY), DEFECTS),
        new FaultyEncoders(OnnxEncoderFactory.open(model.modelFile(), 1), points),
        threads(),
        observers.of(model.name()),
        points.around(Runnable.class, "readiness", readiness::refresh, DEFECTS, DEFECTS),
        ticker);
  }

  @Provides
  @Singleton
  Embedders embedders(BatchingEmbedder batching, CacheObserver observer) {
    TextEmbedder caching =
        new CachingEmbedder(
            points.around(TextEmbedder.class, "batching", batching, DEFECTS, List.of(EXCEPTION)),
            new EmbeddingCache(CACHE_BYTES, observer),
            observer);
    return new Embedders(
        List.of(
            points.around(TextEmbedder.class, "caching", caching, DEFECTS, List.of(EXCEPTION))));
  }

  /** A refusal is a pool's own way to say that it is full. */
  private EmbeddingThreads threads() {
    return new EmbeddingThreads(
        points.around(
            ExecutorService.class,
            "tokenizerExecutor",
            Executors.newFixedThreadPool(1),
            List.of(REJECTION, DELAY),
            List.of()),
        Thread::new);
  }
}
