// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.ExecutionException;

/** What a call that failed as a whole says to people. */
final class FailedCall {
  private FailedCall() {}

  /**
   * Of a future's failure: what the server or the channel said, with the cause of a lost channel.
   */
  static Status statusOf(ExecutionException failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof StatusRuntimeException refused) {
      return status(refused);
    }
    return Status.newBuilder()
        .setCode(Code.INTERNAL.getNumber())
        .setMessage(String.valueOf(cause.getMessage()))
        .build();
  }

  private static Status status(StatusRuntimeException refused) {
    io.grpc.Status status = refused.getStatus();
    StringBuilder message = new StringBuilder(status.getCode().name());
    if (status.getDescription() != null) {
      message.append(": ").append(status.getDescription());
    }
    if (status.getCause() != null) {
      message.append(": ").append(first(status.getCause()).getMessage());
    }
    return Status.newBuilder()
        .setCode(status.getCode().value())
        .setMessage(message.toString())
        .build();
  }

  /** What all began with: of a failed handshake, what is wrong with the certificate. */
  private static Throwable first(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
