// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.grpc.tls.ServerTls;
import io.gcpo.advantage.server.reload.Reloader;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A TCP port. */
final class NettyTransport implements Transport {
  private final GrpcConfig config;
  private final ServerTls tls;
  private final Reloader reloader;

  @Inject
  NettyTransport(GrpcConfig config, ServerTls tls, Reloader reloader) {
    this.config = config;
    this.tls = tls;
    this.reloader = reloader;
  }

  @Override
  public ServerBuilder<?> newServerBuilder() throws IOException {
    reloader.load();
    Optional<SslContext> context = tls.context();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .permitKeepAliveTime(30, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    context.ifPresent(builder::sslContext);
    return builder;
  }

  @Override
  public String describe(Server started) {
    return "%s:%d, %s".formatted(config.host(), started.getPort(), tls);
  }
}
