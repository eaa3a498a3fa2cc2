// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.time.Duration;

/**
 * Which calls of a run are measured: those due after the warm-up and within the duration.
 *
 * @param warmup not negative
 * @param duration positive
 */
public record Window(Duration warmup, Duration duration) {
  /** Refuses an empty window. */
  public Window {
    Expected.that(!warmup.isNegative(), "warmup", warmup, ">= 0 s");
    Expected.that(!duration.isNegative() && !duration.isZero(), "duration", duration, "> 0 s");
  }

  long beginNanos() {
    return warmup.toNanos();
  }

  /** The first instant behind the window. */
  long endNanos() {
    return warmup.plus(duration).toNanos();
  }

  boolean holds(Slot slot) {
    return slot.atNanos() >= beginNanos() && slot.atNanos() < endNanos();
  }
}
