// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import io.grpc.ServerCall;

/**
 * Cuts calls of health and reflection off that send more than such a call needs. They pass without
 * a token, and without a place in the budget: a probe must not wait behind large requests. Its one
 * caller is the transport's thread.
 */
final class OpenServiceLimit {
  /** Of all messages of a call; a name is what they ask for. */
  static final long MAX_BYTES = 64 * 1024;

  private final ServerCall<?, ?> call;
  private final CallRefuser refuser;
  private long arrived;

  OpenServiceLimit(ServerCall<?, ?> call, CallRefuser refuser) {
    this.call = call;
    this.refuser = refuser;
  }

  void arriving(long bytes) {
    boolean before = arrived > MAX_BYTES;
    arrived += bytes;
    if (!before && arrived > MAX_BYTES) {
      refuser.refuse(
          call, new OversizeException(call.getMethodDescriptor().getFullMethodName(), MAX_BYTES));
    }
  }
}
