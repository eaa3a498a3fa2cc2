// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Durations in seconds, by bucket. Immutable.
 *
 * @param count of all durations
 * @param total sum of them
 * @param upperBounds [b] of the buckets, ascending, finite
 * @param cumulative [b] how many are at most the bound
 */
public record DurationHistogram(
    double count, double total, List<Double> upperBounds, List<Double> cumulative) {

  /** Of no durations. */
  public static final DurationHistogram NONE =
      new DurationHistogram(0, 0, ImmutableList.of(), ImmutableList.of());

  public DurationHistogram {
    upperBounds = ImmutableList.copyOf(upperBounds);
    cumulative = ImmutableList.copyOf(cumulative);
  }

  /** What came after {@code earlier}, a histogram of the same buckets or of no durations. */
  public DurationHistogram since(DurationHistogram earlier) {
    if (earlier.count == 0) {
      return this;
    }
    ImmutableList.Builder<Double> later = ImmutableList.builder();
    for (int i = 0; i < cumulative.size(); i++) {
      later.add(cumulative.get(i) - earlier.cumulative.get(i));
    }
    return new DurationHistogram(
        count - earlier.count, total - earlier.total, upperBounds, later.build());
  }

  /** Absent of no durations. */
  public OptionalDouble mean() {
    return count > 0 ? OptionalDouble.of(total / count) : OptionalDouble.empty();
  }

  /**
   * By linear interpolation inside the bucket, as Prometheus does it; the last bound for what lies
   * above. Absent of no durations.
   *
   * @param share in (0, 1]
   */
  public OptionalDouble quantile(double share) {
    if (count <= 0 || upperBounds.isEmpty()) {
      return OptionalDouble.empty();
    }
    double rank = share * count;
    double below = 0;
    double lower = 0;
    for (int i = 0; i < upperBounds.size(); i++) {
      double upper = upperBounds.get(i);
      double within = cumulative.get(i) - below;
      if (cumulative.get(i) >= rank && within > 0) {
        return OptionalDouble.of(lower + (upper - lower) * (rank - below) / within);
      }
      below = cumulative.get(i);
      lower = upper;
    }
    return OptionalDouble.of(lower);
  }
}
