// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.gcpo.advantage.server.tracing.CurrentTrace;
import io.gcpo.advantage.server.tracing.SpanObserver;
import io.grpc.ServiceDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;

/**
 * Everything is measured into one Prometheus registry. Listed behind the embedder, whose model it
 * names. The services whose calls are counted come as a {@code Multibinder<ServiceDescriptor>}.
 */
public final class MetricsModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(MeterRegistry.class).to(PrometheusMeterRegistry.class);
    Multibinder.newSetBinder(binder(), ServiceDescriptor.class);
    OptionalBinder.newOptionalBinder(binder(), CurrentTrace.class);
    bind(RequestMeters.class).in(Singleton.class);
    bind(GrpcMetricsInterceptor.class).in(Singleton.class);
    bind(ServerMeters.class).in(Singleton.class);
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(ServerMeters.class);
  }

  @Provides
  @Singleton
  PrometheusMeterRegistry registry(Optional<CurrentTrace> trace) {
    return PrometheusRegistries.create(trace.map(TraceExemplars::new).orElse(null));
  }

  @Provides
  @Singleton
  SpanObserver spanObserver(PrometheusMeterRegistry registry) {
    MicrometerSpanObserver observer = new MicrometerSpanObserver(registry);
    Guard guard = new Guard(observer.getClass(), registry.config().clock()::monotonicTime);
    return (outcome, spans) -> guard.run(() -> observer.spansLeft(outcome, spans));
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
  PipelineObserver pipelineObserver(PrometheusMeterRegistry registry) {
    return new GuardedPipelineObserver(
        new MicrometerPipelineObserver(registry), registry.config().clock()::monotonicTime);
  }
}
