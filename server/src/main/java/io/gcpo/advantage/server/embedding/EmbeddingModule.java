// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.embedding.engine.EngineChooser;
import io.gcpo.advantage.server.embedding.nd4j.Nd4jEngine;
import io.gcpo.advantage.server.embedding.onnx.OnnxEngine;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Wires the embedders. Needs {@link EmbeddingObservers}, {@link CacheObserver} and {@link Ticker}.
 */
public final class EmbeddingModule extends AbstractModule {
  private final EmbeddingConfig config;

  public EmbeddingModule(EmbeddingConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(LoadedModels.class);
    Multibinder.newSetBinder(binder(), ReadinessCheck.class).addBinding().to(LoadedModels.class);
    Multibinder.newSetBinder(binder(), LivenessCheck.class).addBinding().to(LoadedModels.class);
  }

  /** The embedders that requests see: outermost decorator first, one cache for all. */
  @Provides
  @Singleton
  Embedders embedders(LoadedModels models, CacheObserver observer) {
    if (config.cacheBytes() == 0) {
      return new Embedders(models.embedders());
    }
    EmbeddingCache cache = new EmbeddingCache(config.cacheBytes(), observer);
    return new Embedders(
        models.embedders().stream()
            .map(embedder -> new CachingEmbedder(embedder, cache, observer))
            .toList());
  }

  @Provides
  @Singleton
  LoadedModels loadedModels(EmbeddingObservers observers, Readiness readiness, Ticker ticker) {
    EngineChooser engines = new EngineChooser(List.of(new OnnxEngine(), new Nd4jEngine()));
    ModelLoader loader =
        new ModelLoader(config, engines, observers, this::threads, readiness::refresh, ticker);
    return new LoadedModels(loader.loadAll());
  }

  private EmbeddingThreads threads(String model) {
    return new EmbeddingThreads(
        Executors.newFixedThreadPool(
            config.batching().tokenizerThreads(), daemons("tokenizer-" + model + "-%d")),
        daemons("encoder-" + model + "-%d"));
  }

  private static ThreadFactory daemons(String nameFormat) {
    return new ThreadFactoryBuilder().setNameFormat(nameFormat).setDaemon(true).build();
  }
}
