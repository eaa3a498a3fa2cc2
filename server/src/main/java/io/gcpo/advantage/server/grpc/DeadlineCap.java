// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * No unary call outlives the server's maximum, whatever its caller asked for: a caller without a
 * deadline, or one that forgets its call, would otherwise keep its place for ever. A stream lasts
 * as long as the steps of a run; its connection's age bounds it. Thread-safe.
 */
final class DeadlineCap implements ServerInterceptor {
  private final Duration longest;
  private final ScheduledExecutorService scheduler;

  @Inject
  DeadlineCap(AdmissionConfig config, @ForGrpc ScheduledExecutorService scheduler) {
    this.longest = config.maxDeadline();
    this.scheduler = scheduler;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getType().clientSendsOneMessage()
        || !call.getMethodDescriptor().getType().serverSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    Context.CancellableContext capped =
        Context.current().withDeadlineAfter(longest.toNanos(), TimeUnit.NANOSECONDS, scheduler);
    // Work that looks at the context ends by itself; this ends what waits without looking.
    capped.addListener(
        context -> {
          if (context.getDeadline() != null && context.getDeadline().isExpired()) {
            ErrorStatusMapper.close(call, context);
          }
        },
        scheduler);
    return new SimpleForwardingServerCallListener<>(
        Contexts.interceptCall(capped, call, headers, next)) {
      @Override
      public void onComplete() {
        super.onComplete();
        capped.cancel(null);
      }

      @Override
      public void onCancel() {
        super.onCancel();
        capped.cancel(null);
      }
    };
  }
}
