// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.OptionalDouble;

/** Spearman's rank correlation. */
final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Pearson's correlation of the ranks, tied values ranked by their mean, in [-1, 1]; absent where
   * one side is constant. O(n^2).
   */
  static OptionalDouble of(double[] left, double[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException(
          "right: " + right.length + " values (expected: " + left.length + ")");
    }
    double[] leftRanks = centredRanks(left);
    double[] rightRanks = centredRanks(right);
    double squares = dot(leftRanks, leftRanks) * dot(rightRanks, rightRanks);
    return squares == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(dot(leftRanks, rightRanks) / Math.sqrt(squares));
  }

  /** How many values are below less how many are above: twice the rank less its mean. */
  private static double[] centredRanks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (double other : values) {
        ranks[i] += Math.signum(values[i] - other);
      }
    }
    return ranks;
  }

  private static double dot(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
