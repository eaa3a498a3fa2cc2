// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.gcpo.advantage.server.auth.AuthObserver;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.metrics.gpu.NvidiaSmiLoop;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.reload.ReloadObserver;
import io.gcpo.advantage.server.tracing.CurrentTrace;
import io.gcpo.advantage.server.tracing.SpanObserver;
import io.grpc.ServiceDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

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
    OptionalBinder.newOptionalBinder(binder(), CurrentTrace.class);
    Multibinder.newSetBinder(binder(), PipelineObserver.class);
    bind(MeterReader.class).in(Singleton.class);
    bind(RequestMeters.class).in(Singleton.class);
    bind(GrpcMetricsInterceptor.class).in(Singleton.class);
    bind(ConnectionMeters.class).in(Singleton.class);
    bind(AdmissionMeters.class).in(Singleton.class);
    bind(QuotaMeters.class).in(Singleton.class);
    bind(TwinMeters.class).in(Singleton.class);
    bind(ServerMeters.class).in(Singleton.class);
    Multibinder<Managed> managed = Multibinder.newSetBinder(binder(), Managed.class);
    managed.addBinding().to(ServerMeters.class);
    managed.addBinding().to(NvidiaSmiLoop.class);
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
  NvidiaSmiLoop gpus(PrometheusMeterRegistry registry) {
    return new NvidiaSmiLoop(
        new GpuMeters(registry),
        Executors.newSingleThreadScheduledExecutor(
            new ThreadFactoryBuilder().setNameFormat("gpu-%d").setDaemon(true).build()));
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
  AuthObserver authObserver(PrometheusMeterRegistry registry) {
    return new GuardedAuthObserver(
        new MicrometerAuthObserver(registry), registry.config().clock()::monotonicTime);
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
