// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import java.util.Arrays;

/**
 * How fast a figure grows, by Theil and Sen: the median of the slopes of all pairs of points, which
 * neither a garbage collection nor a single burst moves. The interval holds the true slope with 95
 * % (Sen 1968, from the variance of Kendall's score), of points that are independent.
 *
 * @param slope a second
 * @param low the interval's lower end
 * @param high the interval's upper end
 */
record Trend(double slope, double low, double high) {
  private static final double NORMAL_QUANTILE = 1.96;
  private static final int FEWEST_POINTS = 4;

  /** Of points in the order of their time, in seconds. O(n^2 log n). */
  static Trend of(double[] seconds, double[] values) {
    int n = seconds.length;
    if (n < FEWEST_POINTS || values.length != n) {
      throw new IllegalArgumentException(
          "points: %d times and %d values (expected: as many, at least %d)"
              .formatted(n, values.length, FEWEST_POINTS));
    }
    int pairs = n * (n - 1) / 2;
    double[] slopes = new double[pairs];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[next++] = (values[j] - values[i]) / (seconds[j] - seconds[i]);
      }
    }
    Arrays.sort(slopes);
    double spread = NORMAL_QUANTILE * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    return new Trend(
        (slopes[(pairs - 1) / 2] + slopes[pairs / 2]) / 2,
        slopes[(int) Math.max(0, Math.floor((pairs - spread) / 2))],
        slopes[(int) Math.min(pairs - 1.0, Math.ceil((pairs + spread) / 2))]);
  }
}
