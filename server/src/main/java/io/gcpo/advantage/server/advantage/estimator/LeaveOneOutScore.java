// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * A score against the mean and the standard deviation of the others, as NeMo-RL computes GRPO by
 * default.
 */
final class LeaveOneOutScore {
  private LeaveOneOutScore() {}

  /**
   * (s_i - mean of the others) / (sample standard deviation of the others + epsilon); undivided
   * where the others are all equal, or one.
   *
   * @param scores s [m], m >= 2
   */
  static double of(Vector scores, int i, double epsilon) {
    Vector others = Vector.of(scores.size() - 1, j -> scores.get(j < i ? j : j + 1));
    double distance = scores.get(i) - others.mean();
    boolean equal = others.spread() <= Ties.REWARDS;
    return equal ? distance : distance / (others.standardDeviation() + epsilon);
  }
}
