// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.concurrent.Executors;

/**
 * Wires the embedder. Needs {@link EmbeddingObserver}, {@link CacheObserver} and {@link Ticker}.
 */
public final class EmbeddingModule extends AbstractModule {
  private final EmbeddingConfig config;

  public EmbeddingModule(EmbeddingConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(BatchingEmbedder.class);
    Multibinder.newSetBinder(binder(), ReadinessCheck.class)
        .addBinding()
        .to(BatchingEmbedder.class);
  }

  /** The embedder that the pipeline sees: outermost decorator first. */
  @Provides
  @Singleton
  TextEmbedder textEmbedder(BatchingEmbedder batching, CacheObserver observer) {
    return config.cacheBytes() == 0
        ? batching
        : CachingEmbedder.create(batching, config.cacheBytes(), observer);
  }

  @Provides
  @Singleton
  BatchingEmbedder batchingEmbedder(
      ModelDirectory model, EmbeddingObserver observer, Ticker ticker) {
    RecordedEmbeddings recorded = RecordedEmbeddings.read(model);
    Tokenizer tokenizer =
        model.preparation().around(HuggingFaceTokenizerAdapter.open(model.tokenizerFile()));
    EncoderFactory encoders = OnnxEncoderFactory.open(model.modelFile(), config.threadsPerWorker());
    return BatchingEmbedder.create(
        config, model, recorded, tokenizer, encoders, threads(), observer, ticker);
  }

  @Provides
  @Singleton
  ModelDirectory modelDirectory() {
    return ModelDirectory.read(config.modelDirectory(), config.modelOptions());
  }

  private EmbeddingThreads threads() {
    return new EmbeddingThreads(
        Executors.newFixedThreadPool(
            config.tokenizerThreads(),
            new ThreadFactoryBuilder().setNameFormat("tokenizer-%d").setDaemon(true).build()),
        new ThreadFactoryBuilder().setNameFormat("encoder-%d").setDaemon(true).build());
  }
}
