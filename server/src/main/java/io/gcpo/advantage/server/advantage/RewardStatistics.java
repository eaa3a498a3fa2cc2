// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * Of the m rewards that count; all values are 0 where m is 0.
 *
 * @param count m
 * @param correct rewards above 0
 * @param mean arithmetic mean
 * @param standardDeviation of the sample (divisor m - 1), 0 where m is 1
 * @param min smallest
 * @param max largest
 */
public record RewardStatistics(
    int count, int correct, double mean, double standardDeviation, double min, double max) {

  /** Of rewards [m]. */
  static RewardStatistics of(Vector rewards) {
    int correct = 0;
    for (int i = 0; i < rewards.size(); i++) {
      if (rewards.get(i) > 0) {
        correct++;
      }
    }
    return new RewardStatistics(
        rewards.size(),
        correct,
        rewards.mean(),
        rewards.standardDeviation(),
        rewards.min(),
        rewards.max());
  }
}
