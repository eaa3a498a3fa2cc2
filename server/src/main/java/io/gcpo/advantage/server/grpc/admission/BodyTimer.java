// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Ends a call whose message does not come. Thread-safe. */
final class BodyTimer {
  private final ScheduledExecutorService scheduler;
  private final Duration timeout;

  @GuardedBy("this")
  private @Nullable Future<?> running;

  BodyTimer(ScheduledExecutorService scheduler, Duration timeout) {
    this.scheduler = scheduler;
    this.timeout = timeout;
  }

  /** Runs from now on. */
  synchronized void start(AdmittedCall<?, ?> call) {
    running =
        scheduler.schedule(
            () -> call.refuse(new BodyTimeoutException(timeout)),
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** The message is there, or the call is over. */
  synchronized void stop() {
    if (running != null) {
      running.cancel(false);
      running = null;
    }
  }
}
