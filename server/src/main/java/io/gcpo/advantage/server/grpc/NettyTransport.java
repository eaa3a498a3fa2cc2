// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.grpc.quota.QuotaConfig;
import io.gcpo.advantage.server.grpc.quota.QuotaInterceptor;
import io.gcpo.advantage.server.grpc.tls.ServerTls;
import io.gcpo.advantage.server.reload.Reloader;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP port. */
final class NettyTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);

  private final GrpcConfig config;
  private final ConnectionConfig connections;
  private final SecurityConfig security;
  private final ServerTls tls;
  private final Reloader reloader;
  private final AuthInterceptor auth;
  private final QuotaConfig quotas;
  private final QuotaInterceptor quota;

  @Inject
  NettyTransport(
      GrpcConfig config,
      ConnectionConfig connections,
      SecurityConfig security,
      ServerTls tls,
      Reloader reloader,
      AuthInterceptor auth,
      QuotaConfig quotas,
      QuotaInterceptor quota) {
    this.config = config;
    this.connections = connections;
    this.security = security;
    this.tls = tls;
    this.reloader = reloader;
    this.auth = auth;
    this.quotas = quotas;
    this.quota = quota;
  }

  @Override
  public ServerBuilder<?> newServerBuilder() throws IOException {
    reloader.load();
    if (security.exposesTokens()) {
      LOG.warn(
          "grpc.insecure: tokens come to {} in plain text; whoever is on the way can take and use"
              + " them (expected: TLS)",
          config.host());
    }
    Optional<SslContext> context = tls.context();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .maxConcurrentCallsPerConnection(connections.maxCalls())
            .maxInboundMetadataSize(connections.maxMetadataBytes())
            .maxRstFramesPerWindow(
                connections.maxResets(), (int) ConnectionConfig.RESET_WINDOW.toSeconds())
            // One size: what gRPC lets grow, to 8 MiB, is memory of calls that nobody has let in.
            .flowControlWindow(connections.flowControlWindow())
            .handshakeTimeout(connections.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionIdle(connections.maxIdle().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAge(connections.maxAge().toMillis(), TimeUnit.MILLISECONDS)
            .maxConnectionAgeGrace(connections.maxAgeGrace().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTime(connections.pingInterval().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(connections.pingTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveTime(
                connections.minClientPingInterval().toMillis(), TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true);
    context.ifPresent(builder::sslContext);
    return builder;
  }

  @Override
  public List<ServerInterceptor> guards() {
    ImmutableList.Builder<ServerInterceptor> guards = ImmutableList.builder();
    if (security.auth().isOn()) {
      guards.add(auth);
    }
    if (quotas.isOn()) {
      // Behind the token, which says whose quota it is.
      guards.add(quota);
    }
    return guards.build();
  }

  @Override
  public Optional<ConnectionConfig> connections() {
    return Optional.of(connections);
  }

  @Override
  public String describe(Server started) {
    return "%s:%d, %s, tokens: %s"
        .formatted(
            config.host(), started.getPort(), tls, security.auth().isOn() ? "required" : "none");
  }
}
