// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A call that its handler and its guards may both close: the first decides, and what is sent after
 * it is dropped. gRPC's own calls take one thread at a time and one close. Thread-safe.
 */
final class OnceClosedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final Object outbound = new Object();

  @GuardedBy("outbound")
  private boolean closed;

  OnceClosedCall(ServerCall<Q, A> call) {
    super(call);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    synchronized (outbound) {
      if (!closed) {
        super.sendHeaders(headers);
      }
    }
  }

  @Override
  public void sendMessage(A message) {
    synchronized (outbound) {
      if (!closed) {
        super.sendMessage(message);
      }
    }
  }

  @Override
  public void close(Status status, Metadata trailers) {
    synchronized (outbound) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }
  }
}
