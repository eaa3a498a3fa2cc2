// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about, for half a minute at most. */
public final class Await {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private Await() {}

  /**
   * Returns once {@code condition} holds. Gives up by itself, since the interrupt of a test's
   * {@code @Timeout} ends no loop that only looks.
   */
  public static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new AssertionError("not within 30 s");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
