// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Puts calls together to steps: a step is as slow as the last of its calls. Not thread-safe. */
final class StepTracker {
  private final int callsPerStep;
  private final Map<Long, Open> open = new HashMap<>();
  private long failed;

  StepTracker(int callsPerStep) {
    this.callsPerStep = callsPerStep;
  }

  /** How long the step took, if this was its last call and all were answered. */
  OptionalLong ended(Slot slot, long responseNanos, boolean answered) {
    Open step = open.getOrDefault(slot.step(), new Open(0, 0, true));
    Open now =
        new Open(
            step.ended + 1,
            Math.max(step.slowestNanos, responseNanos),
            step.allAnswered && answered);
    if (now.ended < callsPerStep) {
      open.put(slot.step(), now);
      return OptionalLong.empty();
    }
    open.remove(slot.step());
    if (!now.allAnswered) {
      failed++;
      return OptionalLong.empty();
    }
    return OptionalLong.of(now.slowestNanos);
  }

  /** Steps of which some call failed, or has not ended. */
  long failed() {
    return failed + open.size();
  }

  private record Open(int ended, long slowestNanos, boolean allAnswered) {}
}
