// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;

/** How many standard deviations a score is above the mean of its group. */
final class ZScore {
  private ZScore() {}

  /**
   * (s - mean) / (sample standard deviation + epsilon) [m]; exact zeros where the spread of s [m]
   * is at most {@code tieTolerance}, and so for m = 1.
   */
  static Vector of(Vector scores, double tieTolerance, double epsilon) {
    if (scores.spread() <= tieTolerance) {
      return Vector.zero(scores.size());
    }
    double mean = scores.mean();
    double divisor = scores.standardDeviation() + epsilon;
    return Vector.of(scores.size(), i -> (scores.get(i) - mean) / divisor);
  }
}
