// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.Server;
import io.grpc.ServerBuilder;

/** How callers reach the server: a network port, or a name inside this process. */
interface Transport {

  /** A fresh builder, bound to nothing yet. */
  ServerBuilder<?> newServerBuilder();

  /** Where the started server listens, for the log. */
  String describe(Server started);
}
