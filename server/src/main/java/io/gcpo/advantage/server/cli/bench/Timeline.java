// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Response times by when calls were due, in even slices of the window. Not thread-safe. */
final class Timeline {
  static final int SLICES = 60;
  private static final int DIGITS = 2;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Window window;
  private final Histogram[] slices = new Histogram[SLICES];

  Timeline(Window window) {
    this.window = window;
  }

  void record(Slot slot, long nanos) {
    long into = slot.atNanos() - window.beginNanos();
    int slice = (int) (into * SLICES / window.duration().toNanos());
    if (slices[slice] == null) {
      slices[slice] = new Histogram(DIGITS);
    }
    slices[slice].recordValue(Math.max(0, nanos / 1_000));
  }

  /** Those in which an answered call was due. */
  List<TimeSlice> slices() {
    List<TimeSlice> filled = new ArrayList<>();
    double width = window.duration().toNanos() / 1e9 / SLICES;
    for (int i = 0; i < SLICES; i++) {
      Histogram slice = slices[i];
      if (slice != null) {
        filled.add(
            new TimeSlice(
                (i + 0.5) * width,
                slice.getTotalCount(),
                slice.getValueAtPercentile(50) / MICROS_PER_MILLI,
                slice.getMaxValue() / MICROS_PER_MILLI));
      }
    }
    return filled;
  }
}
