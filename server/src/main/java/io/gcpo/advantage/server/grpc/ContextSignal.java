// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.tracing.CallTrace;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends with the call: with its deadline, or when its caller goes.
 *
 * @param timeline the call's own, or that of a group of its stream
 */
record ContextSignal(Context context, CallTrace timeline) implements CancellationSignal {
  ContextSignal(Context context) {
    this(context, CallTrace.KEY.get(context));
  }

  @Override
  public boolean isCancelled() {
    return context.isCancelled();
  }

  @Override
  public Duration remaining() {
    Deadline deadline = context.getDeadline();
    return deadline == null
        ? FOREVER
        : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
  }
}
