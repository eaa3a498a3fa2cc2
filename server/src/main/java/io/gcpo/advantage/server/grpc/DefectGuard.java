// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Inject;

/**
 * Ends a call that one of the other interceptors or a handler throws at, as a defect of ours: gRPC
 * would end it with UNKNOWN and no reason. Thread-safe.
 */
final class DefectGuard implements ServerInterceptor {

  @Inject
  DefectGuard() {}

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> raw, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall<Q, A> call = new OnceClosedCall<>(raw);
    try {
      return new GuardedListener<>(next.startCall(call, headers), call);
    } catch (RuntimeException | Error defect) {
      ErrorStatusMapper.close(call, defect);
      return new ServerCall.Listener<>() {};
    }
  }

  /** What tells of the end is not guarded: there is nothing left to be ended then. */
  private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;

    GuardedListener(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    private void guard(Runnable event) {
      try {
        event.run();
      } catch (RuntimeException | Error defect) {
        ErrorStatusMapper.close(call, defect);
      }
    }
  }
}
