// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.metrics.GrpcMetricsInterceptor;
import io.gcpo.advantage.server.tracing.ForTracing;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Wires the services, the order of the interceptors and the server; the transport is another's. */
public final class GrpcModule extends AbstractModule {
  private final GrpcConfig config;
  private final LimitsConfig limits;

  /** How it listens, and what it takes. */
  public GrpcModule(GrpcConfig config, LimitsConfig limits) {
    this.config = config;
    this.limits = limits;
  }

  @Override
  protected void configure() {
    bind(GrpcConfig.class).toInstance(config);
    bind(LimitsConfig.class).toInstance(limits);
    bind(ConfigParser.class).in(Singleton.class);
    bind(RequestParser.class).in(Singleton.class);
    bind(ModelSelector.class).in(Singleton.class);
    bind(AdvantageGrpcService.class).in(Singleton.class);
    bind(InfoGrpcService.class).in(Singleton.class);
    bind(HealthReporter.class).in(Singleton.class);
    bind(OpenCalls.class).in(Singleton.class);
    bind(GrpcServer.class).in(Singleton.class);
    OptionalBinder.newOptionalBinder(binder(), Key.get(ServerInterceptor.class, ForTracing.class));
    Multibinder<BindableService> services =
        Multibinder.newSetBinder(binder(), BindableService.class);
    services.addBinding().to(AdvantageGrpcService.class);
    services.addBinding().to(InfoGrpcService.class);
    Multibinder<ServiceDescriptor> descriptors =
        Multibinder.newSetBinder(binder(), ServiceDescriptor.class);
    descriptors.addBinding().toInstance(AdvantageServiceGrpc.getServiceDescriptor());
    descriptors.addBinding().toInstance(InfoServiceGrpc.getServiceDescriptor());
    Multibinder.newSetBinder(binder(), Managed.class).addBinding().to(GrpcServer.class);
    Multibinder.newSetBinder(binder(), ReadinessCheck.class).addBinding().to(GrpcServer.class);
  }

  /** Outermost first. */
  @Provides
  @Singleton
  List<ServerInterceptor> provideInterceptors(
      Transport transport,
      OpenCalls openCalls,
      GrpcMetricsInterceptor metrics,
      @ForTracing Optional<ServerInterceptor> tracing) {
    return ImmutableList.<ServerInterceptor>builder()
        .add(metrics)
        .addAll(tracing.stream().toList())
        .addAll(transport.guards())
        .add(openCalls)
        .build();
  }

  @Provides
  @Singleton
  @ForGrpc
  ExecutorService provideExecutor() {
    return Executors.newFixedThreadPool(
        config.threads(),
        new ThreadFactoryBuilder().setNameFormat("grpc-%d").setDaemon(true).build());
  }
}
