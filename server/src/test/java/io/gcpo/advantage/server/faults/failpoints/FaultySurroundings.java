// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import static io.gcpo.advantage.server.faults.failpoints.Action.DELAY;
import static io.gcpo.advantage.server.faults.failpoints.Action.HARMLESS;
import static io.gcpo.advantage.server.faults.failpoints.Action.REJECTION;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.metrics.RealObservers;
import io.gcpo.advantage.server.pipeline.ForCompute;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.tracing.ForTracing;
import io.grpc.ServerInterceptor;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** Failpoints around what measures and what the maths runs on; overrides the real ones. */
final class FaultySurroundings extends AbstractModule {
  private static final int COMPUTE_THREADS = 2;

  private final Failpoints points;

  FaultySurroundings(Failpoints points) {
    this.points = points;
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), PipelineObserver.class)
        .addBinding()
        .toInstance(observer(PipelineObserver.class, "pipeline", new PipelineObserver() {}));
    OptionalBinder.newOptionalBinder(binder(), Key.get(ServerInterceptor.class, ForTracing.class))
        .setBinding()
        .toInstance(new FaultyInterceptor(points));
  }

  @Provides
  @Singleton
  EmbeddingObservers embeddingObservers(PrometheusMeterRegistry registry) {
    return RealObservers.embedding(
        registry, real -> observer(EmbeddingObserver.class, "embedding", real));
  }

  @Provides
  @Singleton
  CacheObserver cacheObserver(PrometheusMeterRegistry registry) {
    return RealObservers.cache(registry, real -> observer(CacheObserver.class, "cache", real));
  }

  @Provides
  @Singleton
  @ForCompute
  ExecutorService compute() {
    return points.around(
        ExecutorService.class,
        "compute",
        Executors.newFixedThreadPool(COMPUTE_THREADS, daemons("compute-%d")),
        List.of(REJECTION, DELAY),
        List.of());
  }

  @Provides
  @Singleton
  @ForCompute
  ScheduledExecutorService timer() {
    return points.around(
        ScheduledExecutorService.class,
        "computeTimer",
        Executors.newSingleThreadScheduledExecutor(daemons("compute-watch-%d")),
        List.of(REJECTION, DELAY),
        List.of());
  }

  /**
   * Fails after it has measured, as what is not measured is missing in what must come back to 0.
   */
  private <T> T observer(Class<T> type, String name, T real) {
    return points.around(type, name + "Observer", real, List.of(), List.of(HARMLESS));
  }

  private static ThreadFactory daemons(String nameFormat) {
    return new ThreadFactoryBuilder().setNameFormat(nameFormat).setDaemon(true).build();
  }
}
