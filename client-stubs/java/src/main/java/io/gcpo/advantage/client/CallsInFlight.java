// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;

/**
 * Counts calls, so that closing waits for them and for nothing else: gRPC keeps a channel whose
 * connections failed for some seconds. Thread-safe.
 */
final class CallsInFlight implements ClientInterceptor {
  private int calls;

  /** Waits until no call is in flight. */
  synchronized void await(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis(); calls > 0 && left > 0; ) {
      wait(left);
      left = Duration.ofNanos(end - System.nanoTime()).toMillis();
    }
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        began();
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                ended();
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private synchronized void began() {
    calls++;
  }

  private synchronized void ended() {
    calls--;
    notifyAll();
  }
}
