// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** The allocations by their textbook definitions, on a table of the set values of a game. */
final class PlainCredits {
  private final int players;
  private final double[] values;

  /** The values of all 2^n sets of the active players. */
  PlainCredits(CoverageGame game, Volume volume) {
    players = game.activePlayers();
    values = new double[1 << players];
    for (int mask = 1; mask < values.length; mask++) {
      values[mask] = Games.value(game, volume, members(mask));
    }
  }

  double teamValue() {
    return values[values.length - 1];
  }

  /** phi_i = sum over the sets S without i of w(|S|) (v(S + i) - v(S)), w(s) = 1/(n C(n-1,s)). */
  double[] shapley() {
    return semivalue(size -> 1 / (players * binomial(players - 1, size)));
  }

  /** The same with w(s) = 2^-(n-1). */
  double[] banzhaf() {
    return semivalue(size -> Math.scalb(1.0, 1 - players));
  }

  /** v(N) - v(N - i), times what makes them sum to v(N). */
  double[] leaveOneOut() {
    double[] marginals = lastMarginals();
    double sum = Arrays.stream(marginals).sum();
    return Arrays.stream(marginals).map(marginal -> marginal * teamValue() / sum).toArray();
  }

  /** v(N) - v(N - i). */
  double[] lastMarginals() {
    double[] marginals = new double[players];
    for (int i = 0; i < players; i++) {
      marginals[i] = teamValue() - values[(values.length - 1) ^ (1 << i)];
    }
    return marginals;
  }

  /** The marginal contribution of each player, averaged over all n! orders of arrival. */
  double[] shapleyOverPermutations() {
    double[] sums = new double[players];
    int orders = arrive(0, sums);
    return Arrays.stream(sums).map(sum -> sum / orders).toArray();
  }

  private double[] semivalue(IntToDoubleFunction weight) {
    double[] phi = new double[players];
    for (int i = 0; i < players; i++) {
      for (int mask = 0; mask < values.length; mask++) {
        if ((mask & (1 << i)) == 0) {
          double marginal = values[mask | (1 << i)] - values[mask];
          phi[i] += weight.applyAsDouble(Integer.bitCount(mask)) * marginal;
        }
      }
    }
    return phi;
  }

  private int arrive(int present, double[] sums) {
    if (present == values.length - 1) {
      return 1;
    }
    int orders = 0;
    for (int i = 0; i < players; i++) {
      int with = present | (1 << i);
      if (with != present) {
        int below = arrive(with, sums);
        sums[i] += below * (values[with] - values[present]);
        orders += below;
      }
    }
    return orders;
  }

  private static int[] members(int mask) {
    int[] members = new int[Integer.bitCount(mask)];
    int next = 0;
    for (int i = 0; mask >> i != 0; i++) {
      if ((mask >> i & 1) == 1) {
        members[next++] = i;
      }
    }
    return members;
  }

  private static double binomial(int n, int k) {
    double binomial = 1;
    for (int i = 1; i <= k; i++) {
      binomial = binomial * (n - k + i) / i;
    }
    return binomial;
  }
}
