// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls of our own services that have not ended. Draining waits for these, not for silence on
 * the connections: a health watch never ends by itself. What does not end in time is closed with a
 * status that says "elsewhere", since gRPC's own shutdown says CANCELLED, which no client retries.
 * Thread-safe.
 */
final class OpenCalls implements ServerInterceptor {
  private static final String OWN_SERVICES = "gcpo.";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();

  @GuardedBy("lock")
  private final Set<ServerCall<?, ?>> open = new HashSet<>();

  @GuardedBy("lock")
  private boolean stopped;

  @Inject
  OpenCalls() {}

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> raw, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall<Q, A> call = new OnceClosedCall<>(raw);
    if (!raw.getMethodDescriptor().getFullMethodName().startsWith(OWN_SERVICES)) {
      return next.startCall(call, headers);
    }
    if (!opened(call)) {
      ErrorStatusMapper.close(call, new StoppingException());
      return new ServerCall.Listener<>() {};
    }
    ServerCall.Listener<Q> listener;
    try {
      listener = next.startCall(call, headers);
    } catch (RuntimeException | Error e) {
      ended(call);
      throw e;
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      // gRPC ends every call with exactly one of the two.
      @Override
      public void onComplete() {
        ended(call);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        ended(call);
        super.onCancel();
      }
    };
  }

  /** Waits until no call is open, for {@code patience} at most; false if some still are. */
  boolean awaitNone(Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (!open.isEmpty()) {
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

  /** Closes what is open, and what comes from now on. */
  void closeAll() {
    List<ServerCall<?, ?>> left;
    lock.lock();
    try {
      stopped = true;
      left = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    left.forEach(call -> ErrorStatusMapper.close(call, new StoppingException()));
  }

  private boolean opened(ServerCall<?, ?> call) {
    lock.lock();
    try {
      return !stopped && open.add(call);
    } finally {
      lock.unlock();
    }
  }

  private void ended(ServerCall<?, ?> call) {
    lock.lock();
    try {
      open.remove(call);
      if (open.isEmpty()) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
