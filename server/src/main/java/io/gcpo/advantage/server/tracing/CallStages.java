// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stages of one call, until it ends. Thread-safe. */
final class CallStages {
  @GuardedBy("this")
  private Map<String, StageTime> times = new LinkedHashMap<>();

  @GuardedBy("this")
  private boolean closed;

  synchronized void add(String stage, long begin, long end) {
    if (!closed) {
      times.merge(stage, StageTime.of(begin, end), StageTime::plus);
    }
  }

  /** What there is; nothing is added any more, and a second call finds nothing. */
  synchronized Map<String, StageTime> close() {
    closed = true;
    Map<String, StageTime> all = times;
    times = Map.of();
    return all;
  }

  /**
   * A stage from its first part's begin to its last part's end, in the ticker's nanoseconds.
   *
   * @param parts windows, batches or groups, which may overlap and leave gaps
   * @param busyNanos the sum of their durations
   */
  record StageTime(long begin, long end, int parts, long busyNanos) {
    static StageTime of(long begin, long end) {
      return new StageTime(begin, end, 1, end - begin);
    }

    StageTime plus(StageTime other) {
      return new StageTime(
          Math.min(begin, other.begin),
          Math.max(end, other.end),
          parts + other.parts,
          busyNanos + other.busyNanos);
    }
  }
}
