// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The distances 1 - K_ij over all i != j; all 0 for fewer than two rollouts.
 *
 * @param mean in [min, max], at most n / (n - 1)
 * @param min in [0, 2]: of the two most alike
 * @param max in [0, 2]: of the two least alike
 */
public record PairwiseDistances(double mean, double min, double max) {

  /** O(n^2). */
  static PairwiseDistances of(SymmetricMatrix kernel) {
    int count = kernel.size();
    if (count < 2) {
      return new PairwiseDistances(0, 0, 0);
    }
    double sum = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double distance = 1 - kernel.get(i, j);
        sum += distance;
        min = Math.min(min, distance);
        max = Math.max(max, distance);
      }
    }
    double mean = 2 * sum / ((double) count * (count - 1));
    return new PairwiseDistances(Math.max(min, Math.min(max, mean)), min, max);
  }
}
