// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** How callers reach the server: a network port, or a name inside this process. */
interface Transport {

  /** A fresh builder, bound to nothing yet; throws if a file that it needs cannot be used. */
  ServerBuilder<?> newServerBuilder() throws IOException;

  /** What has to let a call through before anything else looks at it, outermost first. */
  List<ServerInterceptor> guards();

  /** What one connection may do; empty where there are none. */
  Optional<ConnectionConfig> connections();

  /** Where the started server listens, for the log. */
  String describe(Server started);
}
