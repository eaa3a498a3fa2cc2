// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import java.util.Arrays;

/**
 * The weights of sets in a semivalue, an average of marginal contributions in which a set of s
 * other players has the probability w(s):
 *
 * <pre>
 *   phi_i = sum_{S lacks i} w(|S|) (v(S + i) - v(S))
 *         = sum_{S has i} v(S) (w(|S|-1) + w(|S|)) - sum_S v(S) w(|S|)
 * </pre>
 *
 * <p>The last sum is the same for all players. The arrays hold w(s-1) + w(s) at s, for s = 1 ... n;
 * as s = n is in both sums, w(n) may be anything.
 *
 * <p>Weights are of the order of 2^-n and counts of sets up to 2^n, beyond the range of a double
 * where copies make n large. Both are held half way, at 2^-n/2 and 2^n/2.
 */
final class SetWeights {
  private SetWeights() {}

  /** The power of two by which the weights are too large. */
  static int exponent(int players) {
    return players / 2;
  }

  /** w(s) = 1/(n C(n-1,s)) and w(n) = 0: the sums are 1/n at n, elsewhere 1/((n-1) C(n-2,s-1)). */
  static double[] shapley(int players) {
    double[] weights = new double[players + 1];
    double scale = Math.scalb(1.0, exponent(players));
    double weight = scale / (players - 1);
    for (int s = 1; s < players; s++) {
      weights[s] = weight;
      weight = weight * s / (players - 1 - s);
    }
    weights[players] = scale / players;
    return weights;
  }

  /** w(s) = 2^-(n-1). */
  static double[] banzhaf(int players) {
    double[] weights = new double[players + 1];
    Arrays.fill(weights, 1, players + 1, Math.scalb(1.0, exponent(players) - (players - 2)));
    return weights;
  }
}
