// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A histogram in microseconds for each series, exact to three digits. Not thread-safe. */
final class Latencies {
  private static final int DIGITS = 3;
  private static final long NANOS_PER_UNIT = 1_000;

  private final Map<Series, Histogram> histograms = new EnumMap<>(Series.class);

  void record(Series series, long nanos) {
    histograms
        .computeIfAbsent(series, first -> new Histogram(DIGITS))
        .recordValue(Math.max(0, nanos / NANOS_PER_UNIT));
  }

  /** What was recorded; a series of which nothing was is empty. */
  Map<Series, Histogram> copy() {
    Map<Series, Histogram> copies = new EnumMap<>(Series.class);
    for (Series series : Series.values()) {
      Histogram histogram = histograms.get(series);
      copies.put(series, histogram == null ? new Histogram(DIGITS) : histogram.copy());
    }
    return copies;
  }
}
