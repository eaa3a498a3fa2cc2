// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The Shapley value by enumeration of all subsets of the n active players: the marginal
 * contribution of a player, averaged over all orders in which the team can form.
 *
 * <p>One thread, O(2^n) time, O(n^3) memory.
 */
public final class ExactShapley implements CreditAllocation {
  /** Most active players; 2^24 subsets take seconds. */
  public static final int MAX_PLAYERS = 24;

  @Override
  public ShapleyValues allocate(CoverageGame game) {
    int players = game.activePlayers();
    if (players > MAX_PLAYERS) {
      throw new IllegalArgumentException(
          "players: " + players + " (expected: <= " + MAX_PLAYERS + ")");
    }
    if (players == 0) {
      return game.valuesOf(new double[0], 0, CreditMethod.EXACT);
    }
    SubsetWalk walk = new SubsetWalk(game.volume());
    walk.run();
    return game.valuesOf(values(game.volume(), walk), walk.teamValue(), CreditMethod.EXACT);
  }

  /**
   * phi_i = P_i - C with C the same for all: with w(s) = 1/(n C(n-1,s)),
   *
   * <pre>
   *   phi_i = sum_{S has i} v(S) w(|S|-1) - sum_{S lacks i} v(S) w(|S|)
   *         = sum_{S has i} v(S) (w(|S|-1) + w(|S|)) - sum_S v(S) w(|S|)
   * </pre>
   *
   * and C follows from sum phi_i = v(N).
   */
  private static double[] values(SymmetricMatrix volume, SubsetWalk walk) {
    int players = volume.size();
    double[] values = walk.sumsPerPlayer();
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double common = (sum - walk.teamValue()) / players;
    double total = 0;
    for (int i = 0; i < players; i++) {
      // Diminishing returns: no player earns less than nothing or more than it is worth alone.
      double alone = StrictMath.log1p(volume.get(i, i));
      values[i] = Math.max(0, Math.min(alone, values[i] - common));
      total += values[i];
    }
    // Volumes beyond 1e15 leave no digit to some values: the bounds then cut, and this makes good.
    double scale = total > 0 ? walk.teamValue() / total : 0;
    for (int i = 0; i < players; i++) {
      values[i] *= scale;
    }
    return values;
  }
}
