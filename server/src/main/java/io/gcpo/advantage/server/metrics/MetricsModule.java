// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.grpc.ServiceDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Everything is measured into one Prometheus registry. Listed behind the embedder, whose model it
 * names. The services whose calls are counted come as a {@code Multibinder<ServiceDescriptor>},
 * those who look at the pipeline besides as a {@code Multibinder<PipelineObserver>}.
 */
public final class MetricsModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(MeterRegistry.class).to(PrometheusMeterRegistry.class);
    Multibinder.newSetBinder(binder(), ServiceDescriptor.class);
    Multibinder.newSetBinder(binder(), PipelineObserver.class);
    bind(MeterReader.class).in(Singleton.class);
    bind(RequestMeters.class).in(Singleton.class);
    bind(GrpcMetricsInterceptor.class).in(Singleton.class);
    bind(ServerMeters.class).in(Singleton.class);
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(ServerMeters.class);
  }

  @Provides
  @Singleton
  PrometheusMeterRegistry registry() {
    return PrometheusRegistries.create();
  }

  @Provides
  @Singleton
  EmbeddingObservers embeddingObservers(PrometheusMeterRegistry registry) {
    RealHistogram padding = MicrometerEmbeddingObserver.paddingHistogram(registry);
    return model ->
        new GuardedEmbeddingObserver(
            new MicrometerEmbeddingObserver(registry, padding, model),
            registry.config().clock()::monotonicTime);
  }

  @Provides
  @Singleton
  CacheObserver cacheObserver(PrometheusMeterRegistry registry) {
    return new GuardedCacheObserver(
        new MicrometerCacheObserver(registry), registry.config().clock()::monotonicTime);
  }

  @Provides
  @Singleton
  TextCacheObserver textCacheObserver(PrometheusMeterRegistry registry) {
    return new GuardedTextCacheObserver(
        new MicrometerTextCacheObserver(registry), registry.config().clock()::monotonicTime);
  }

  @Provides
  @Singleton
  ReloadObserver reloadObserver(PrometheusMeterRegistry registry) {
    return new GuardedReloadObserver(
        new MicrometerReloadObserver(registry), registry.config().clock()::monotonicTime);
  }

  @Provides
  @Singleton
  PipelineObserver pipelineObserver(
      PrometheusMeterRegistry registry, Set<PipelineObserver> others) {
    List<PipelineObserver> observers = new ArrayList<>();
    observers.add(new MicrometerPipelineObserver(registry));
    observers.addAll(others);
    return new CompositePipelineObserver(
        observers.stream().map(observer -> guarded(observer, registry)).toList());
  }

  private static PipelineObserver guarded(
      PipelineObserver observer, PrometheusMeterRegistry registry) {
    return new GuardedPipelineObserver(observer, registry.config().clock()::monotonicTime);
  }
}
