// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.Ticker;
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
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.gcpo.advantage.server.grpc.admission.AdmissionObserver;
import io.gcpo.advantage.server.grpc.twins.TwinCalls;
import io.gcpo.advantage.server.metrics.AdmissionMeters;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Wires the services, the order of the interceptors and the server; the transport is another's. */
public final class GrpcModule extends AbstractModule {
  private final GrpcConfig config;
  private final LimitsConfig limits;
  private final AdmissionConfig admission;

  /** How it listens, what a request may be, and how much it takes on at one time. */
  public GrpcModule(GrpcConfig config, LimitsConfig limits, AdmissionConfig admission) {
    this.config = config;
    this.limits = limits;
    this.admission = admission;
  }

  @Override
  protected void configure() {
    bind(GrpcConfig.class).toInstance(config);
    bind(LimitsConfig.class).toInstance(limits);
    bind(AdmissionConfig.class).toInstance(admission);
    bind(MalformedLog.class).in(Singleton.class);
    bind(DeadlineCap.class).in(Singleton.class);
    bind(ForecastGuard.class).in(Singleton.class);
    bind(DefectGuard.class).in(Singleton.class);
    bind(ConfigParser.class).in(Singleton.class);
    bind(RequestParser.class).in(Singleton.class);
    bind(ModelSelector.class).in(Singleton.class);
    bind(TwinCalls.class).in(Singleton.class);
    bind(Origins.class).in(Singleton.class);
    bind(AdvantageGrpcService.class).in(Singleton.class);
    bind(LimitsWriter.class).in(Singleton.class);
    bind(InfoGrpcService.class).in(Singleton.class);
    bind(HealthReporter.class).in(Singleton.class);
    bind(OpenCalls.class).in(Singleton.class);
    bind(StreamGuard.class).in(Singleton.class);
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
      DefectGuard defects,
      DeadlineCap deadlineCap,
      ForecastGuard forecast,
      AdmissionInterceptor admission,
      MalformedLog malformed,
      @ForTracing Optional<ServerInterceptor> tracing) {
    return ImmutableList.<ServerInterceptor>builder()
        .add(metrics)
        .add(defects)
        .addAll(transport.guards())
        // Behind the guards: who is nobody must not fill the queue of spans.
        .addAll(tracing.stream().toList())
        .add(openCalls)
        .add(deadlineCap)
        .add(forecast)
        .add(admission)
        .add(malformed)
        .build();
  }

  @Provides
  @Singleton
  AdmissionBudgets provideBudgets(AdmissionMeters meters, Ticker ticker) {
    AdmissionBudgets budgets =
        AdmissionBudgets.of(
            admission.effectiveBytes(Runtime.getRuntime().maxMemory(), limits.maxMessageBytes()),
            admission.maxWaitingCalls(),
            ticker);
    meters.show(
        new AdmissionMeters.Figures(budgets::held, budgets::capacity, budgets::waitingCalls));
    return budgets;
  }

  @Provides
  @Singleton
  AdmissionInterceptor provideAdmission(
      AdmissionBudgets budgets, AdmissionMeters meters, @ForGrpc ScheduledExecutorService timers) {
    return new AdmissionInterceptor(
        budgets,
        limits.maxMessageBytes(),
        admission.bodyTimeout(),
        timers,
        ErrorStatusMapper::close,
        observer(meters));
  }

  private static AdmissionObserver observer(AdmissionMeters meters) {
    return new AdmissionObserver() {
      @Override
      public void callShed() {
        meters.callShed();
      }

      @Override
      public void manyWait() {
        meters.manyWait();
      }

      @Override
      public void largeMessage() {
        meters.largeMessage();
      }
    };
  }

  /** For time-outs; what it runs is short. */
  @Provides
  @Singleton
  @ForGrpc
  ScheduledExecutorService provideTimers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1, new ThreadFactoryBuilder().setNameFormat("grpc-timer-%d").setDaemon(true).build());
    // Nearly every time-out is cancelled; none may stay until its time.
    timers.setRemoveOnCancelPolicy(true);
    return timers;
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
