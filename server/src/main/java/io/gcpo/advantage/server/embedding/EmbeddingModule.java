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
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.embedding.engine.DeviceEncoders;
import io.gcpo.advantage.server.embedding.engine.EngineChoice;
import io.gcpo.advantage.server.embedding.engine.EngineChooser;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.onnx.OnnxEngine;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.List;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires the embedder. Needs {@link EmbeddingObserver}, {@link CacheObserver} and {@link Ticker}.
 */
public final class EmbeddingModule extends AbstractModule {
  private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddingModule.class);

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
        : new CachingEmbedder(
            batching, new EmbeddingCache(config.cacheBytes(), observer), observer);
  }

  @Provides
  @Singleton
  BatchingEmbedder batchingEmbedder(
      ModelDirectory model, EngineChoice choice, EmbeddingObserver observer, Ticker ticker) {
    RecordedEmbeddings recorded = RecordedEmbeddings.read(model);
    Tokenizer tokenizer = HuggingFaceTokenizerAdapter.open(model.tokenizerFile());
    EncoderFactory encoders = DeviceEncoders.open(choice, model, config.threadsPerWorker());
    return BatchingEmbedder.create(
        config.batching(), model, recorded, tokenizer, encoders, threads(), observer, ticker);
  }

  /** Which engine runs the model, and where. */
  @Provides
  @Singleton
  EngineChoice engineChoice(ModelDirectory model) {
    EngineChoice choice =
        new EngineChooser(List.of(new OnnxEngine()))
            .choose(config.engine(), config.device(), model);
    LOGGER.info("engine: {}", choice.reason());
    return choice;
  }

  @Provides
  @Singleton
  ModelDirectory modelDirectory() {
    return ModelDirectory.read(config.modelDirectory(), config.maxInputTokensOverride());
  }

  private EmbeddingThreads threads() {
    return new EmbeddingThreads(
        Executors.newFixedThreadPool(
            config.batching().tokenizerThreads(),
            new ThreadFactoryBuilder().setNameFormat("tokenizer-%d").setDaemon(true).build()),
        new ThreadFactoryBuilder().setNameFormat("encoder-%d").setDaemon(true).build());
  }
}
