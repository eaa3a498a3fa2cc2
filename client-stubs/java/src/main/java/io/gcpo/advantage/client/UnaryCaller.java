// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Makes unary calls, each attempt on the next connection. Thread-safe.
 *
 * @param timer for what is due whether or not the connections are closed
 * @param retryTimer for waits between attempts
 */
record UnaryCaller(Connections connections, RetryRules rules, Timer timer, RetryTimer retryTimer) {
  UnaryCaller(Connections connections, RetryRules rules, Timer timer) {
    this(connections, rules, timer, new RetryTimer(timer, connections::isClosed));
  }

  /** Closes the connections, if they are to be closed here; then nothing waits for them. */
  void close() {
    connections.close();
    if (connections.isClosed()) {
      retryTimer.endWaits();
    }
  }

  /**
   * Calls, at once; cancelling the future cancels the call.
   *
   * @param check returns the answer or throws; what it throws fails the future
   */
  <Q extends MessageLite, A> CompletableFuture<A> call(
      MethodDescriptor<Q, A> method, Q request, Deadline deadline, UnaryOperator<A> check) {
    Context context = Context.current();
    CallOptions options = CallOptions.DEFAULT.withDeadline(deadline);
    return new RetryLoop<A>(
            () -> {
              FutureObserver<Q, A> observer = new FutureObserver<>(check);
              // Also from the timer's threads: a caller that is a server passes its context on.
              context.run(
                  () ->
                      ClientCalls.asyncUnaryCall(
                          RequestBytes.declared(connections.next(), request)
                              .newCall(method, options),
                          request,
                          observer));
              return observer.future();
            },
            rules,
            retryTimer,
            deadline,
            () -> context.isCancelled() || connections.isClosed())
        .start();
  }
}
