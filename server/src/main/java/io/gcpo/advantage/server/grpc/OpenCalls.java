// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls of our own services that have not ended. Draining waits for these, not for
 * silence on the connections: a health watch never ends by itself. Thread-safe.
 */
final class OpenCalls implements ServerInterceptor {
  private static final String OWN_SERVICES = "gcpo.";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int open;

  @Inject
  OpenCalls() {}

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    if (!call.getMethodDescriptor().getFullMethodName().startsWith(OWN_SERVICES)) {
      return listener;
    }
    change(1);
    return new SimpleForwardingServerCallListener<>(listener) {
      // gRPC ends every call with exactly one of the two.
      @Override
      public void onComplete() {
        change(-1);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        change(-1);
        super.onCancel();
      }
    };
  }

  /** Waits until no call is open, for {@code patience} at most; false if some still are. */
  boolean awaitNone(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (open > 0) {
        if (nanos <= 0) {
          return false;
        }
        nanos = none.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void change(int by) {
    lock.lock();
    try {
      open += by;
      if (open == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
