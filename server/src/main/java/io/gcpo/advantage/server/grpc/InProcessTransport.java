// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.List;
import java.util.Optional;

/** A name inside this process: the command-line tool scores through it without a port. */
final class InProcessTransport implements Transport {
  private final String name;

  /** Unique in this process. */
  InProcessTransport(String name) {
    this.name = name;
  }

  @Override
  public ServerBuilder<?> newServerBuilder() {
    return InProcessServerBuilder.forName(name);
  }

  /** None: who can call runs in this process. */
  @Override
  public List<ServerInterceptor> guards() {
    return List.of();
  }

  @Override
  public Optional<ConnectionConfig> connections() {
    return Optional.empty();
  }

  @Override
  public String describe(Server started) {
    return "in process";
  }
}
