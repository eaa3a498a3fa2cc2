// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks after a call whose message is to come, and ends it if that does not. Thread-safe. */
final class BodyTimer {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final ScheduledExecutorService scheduler;
  private final Duration timeout;

  @GuardedBy("this")
  private @Nullable Future<?> next;

  @GuardedBy("this")
  private boolean stopped;

  BodyTimer(ScheduledExecutorService scheduler, Duration timeout) {
    this.scheduler = scheduler;
    this.timeout = timeout;
  }

  /** Runs from now on, unless it was stopped. */
  void start(AdmittedCall<?, ?> call) {
    lookLater(call, timeout);
  }

  /** The message is there, or the call is over. */
  synchronized void stop() {
    stopped = true;
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  private synchronized void lookLater(AdmittedCall<?, ?> call, Duration left) {
    if (!stopped) {
      Duration pause = left.compareTo(BETWEEN_LOOKS) < 0 ? left : BETWEEN_LOOKS;
      next =
          scheduler.schedule(
              () -> look(call, left.minus(pause)), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void look(AdmittedCall<?, ?> call, Duration left) {
    if (left.isZero()) {
      call.refuse(new BodyTimeoutException(timeout));
    } else {
      call.weighSlowMessage();
      lookLater(call, left);
    }
  }
}
