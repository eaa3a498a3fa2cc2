// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import io.grpc.ServerCall;

/** Ends a call that gets no further, with the status that its failure maps to. */
@FunctionalInterface
public interface CallRefuser {
  /** Closes {@code call}, which does nothing if it is closed. */
  void refuse(ServerCall<?, ?> call, RuntimeException failure);
}
