// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;

/** Rollouts picked one by one, each for its reward less its similarity to those picked before. */
final class MarginalRelevance {
  private MarginalRelevance() {}

  /**
   * The value [m] of each rollout when it was picked: the reward of the first, which is the
   * largest, then lambda r_i - (1 - lambda) max(0, largest similarity to a picked one). Of equal
   * values the first position is picked. O(m^2).
   *
   * @param similarity K [m, m]
   */
  static Vector of(Vector rewards, SymmetricMatrix similarity, double lambda) {
    int size = rewards.size();
    double[] scores = new double[size];
    double[] nearest = new double[size];
    boolean[] picked = new boolean[size];
    for (int round = 0; round < size; round++) {
      int best = -1;
      double bestValue = 0;
      for (int i = 0; i < size; i++) {
        if (picked[i]) {
          continue;
        }
        double value =
            round == 0 ? rewards.get(i) : lambda * rewards.get(i) - (1 - lambda) * nearest[i];
        if (best < 0 || value > bestValue) {
          best = i;
          bestValue = value;
        }
      }
      picked[best] = true;
      scores[best] = bestValue;
      for (int i = 0; i < size; i++) {
        nearest[i] = Math.max(nearest[i], similarity.get(i, best));
      }
    }
    return Vector.of(scores);
  }
}
