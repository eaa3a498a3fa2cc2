// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import java.util.Arrays;

/** The Shapley value by its two textbook definitions, on the set values of a game. */
final class PlainShapley {
  private PlainShapley() {}

  /** phi_i = sum over the sets S without i of w(|S|) (v(S + i) - v(S)). */
  static double[] overSubsets(CoverageGame game) {
    int players = game.activePlayers();
    double[] value = new double[1 << players];
    for (int mask = 1; mask < value.length; mask++) {
      value[mask] = game.value(members(mask));
    }
    double[] phi = new double[players];
    for (int i = 0; i < players; i++) {
      for (int mask = 0; mask < value.length; mask++) {
        if ((mask & 1 << i) == 0) {
          double weight = 1 / (players * binomial(players - 1, Integer.bitCount(mask)));
          phi[i] += weight * (value[mask | 1 << i] - value[mask]);
        }
      }
    }
    return phi;
  }

  /** The marginal contribution of each player, averaged over all n! orders of arrival. */
  static double[] overPermutations(CoverageGame game) {
    int players = game.activePlayers();
    double[] sums = new double[players];
    int orders = arrive(game, new int[0], sums);
    return Arrays.stream(sums).map(sum -> sum / orders).toArray();
  }

  private static int arrive(CoverageGame game, int[] present, double[] sums) {
    if (present.length == sums.length) {
      return 1;
    }
    int orders = 0;
    for (int i = 0; i < sums.length; i++) {
      int player = i;
      if (Arrays.stream(present).anyMatch(other -> other == player)) {
        continue;
      }
      int[] with = Arrays.copyOf(present, present.length + 1);
      with[present.length] = player;
      int below = arrive(game, with, sums);
      sums[player] += below * (game.value(with) - game.value(present));
      orders += below;
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
