// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A TCP port. */
final class NettyTransport implements Transport {
  private final GrpcConfig config;

  @Inject
  NettyTransport(GrpcConfig config) {
    this.config = config;
  }

  @Override
  public ServerBuilder<?> newServerBuilder() {
    return NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
        .permitKeepAliveTime(30, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  @Override
  public String describe(Server started) {
    return config.host() + ":" + started.getPort();
  }
}
