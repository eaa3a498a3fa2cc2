// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.Readiness;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.grpc.admission.ArrivingBytes;
import io.gcpo.advantage.server.metrics.ConnectionMeters;
import io.grpc.BindableService;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gRPC server. It stops in steps: NOT_SERVING while it still takes calls, then no new calls
 * (GOAWAY) while those in flight finish, then the end for what is left.
 */
public final class GrpcServer implements Managed, ReadinessCheck {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);

  private final Transport transport;
  private final GrpcConfig config;
  private final LimitsConfig limits;
  private final Set<BindableService> services;
  private final List<ServerInterceptor> interceptors;
  private final ConnectionMeters connections;
  private final OpenCalls openCalls;
  private final StreamGuard streamGuard;
  private final HealthReporter health;
  private final Readiness readiness;
  private final ExecutorService executor;
  private final ScheduledExecutorService timers;
  private volatile @Nullable Server server;

  @Inject
  GrpcServer(
      Transport transport,
      GrpcConfig config,
      LimitsConfig limits,
      Set<BindableService> services,
      List<ServerInterceptor> interceptors,
      ConnectionMeters connections,
      OpenCalls openCalls,
      StreamGuard streamGuard,
      HealthReporter health,
      Readiness readiness,
      @ForGrpc ExecutorService executor,
      @ForGrpc ScheduledExecutorService timers) {
    this.transport = transport;
    this.config = config;
    this.limits = limits;
    this.services = services;
    this.interceptors = ImmutableList.copyOf(interceptors);
    this.connections = connections;
    this.openCalls = openCalls;
    this.streamGuard = streamGuard;
    this.health = health;
    this.readiness = readiness;
    this.executor = executor;
    this.timers = timers;
  }

  /** The port it listens on, or -1 in process. */
  public int port() {
    return started().getPort();
  }

  @Override
  public String component() {
    return "grpc";
  }

  @Override
  public boolean isReady() {
    Server running = server;
    return running != null && !running.isShutdown();
  }

  @Override
  public void start() throws IOException {
    ServerBuilder<?> builder =
        transport
            .newServerBuilder()
            .executor(executor)
            .maxInboundMessageSize(limits.maxMessageBytes())
            // 59 KiB of gzip can be 60 MiB; what is worth compressing here is not worth that.
            .decompressorRegistry(
                DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
            .addTransportFilter(connections)
            .addStreamTracerFactory(ArrivingBytes.tracers())
            .addStreamTracerFactory(streamGuard)
            .addService(DecodedForeignService.of(health.service()));
    services.forEach(builder::addService);
    // gRPC calls the last interceptor first; ours are listed outermost first.
    ImmutableList.copyOf(interceptors).reverse().forEach(builder::intercept);
    if (config.reflection()) {
      builder.addService(DecodedForeignService.of(ProtoReflectionServiceV1.newInstance()));
    }
    Server built = builder.build().start();
    server = built;
    health.follow(readiness);
    LOG.info("gRPC on {}", transport.describe(built));
  }

  @Override
  public void stop() throws InterruptedException {
    Server running = started();
    health.endServing();
    running.awaitTermination(config.drainDelay().toMillis(), TimeUnit.MILLISECONDS);
    running.shutdown();
    if (!openCalls.awaitNone(config.drainTimeout())) {
      LOG.warn("calls in flight did not end in {}; they are refused", config.drainTimeout());
    }
    openCalls.closeAll();
    running.shutdownNow();
    running.awaitTermination(10, TimeUnit.SECONDS);
    executor.shutdown();
    timers.shutdownNow();
  }

  private Server started() {
    Server running = server;
    if (running == null) {
      throw new IllegalStateException("gRPC server: not started");
    }
    return running;
  }
}
