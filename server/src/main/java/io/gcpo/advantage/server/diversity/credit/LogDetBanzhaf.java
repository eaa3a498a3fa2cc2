// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/**
 * The Banzhaf value of LOGDET, as it is: it does not sum to v(N). By enumeration of all sets where
 * the plan allows that many, by sampling elsewhere.
 */
final class LogDetBanzhaf implements CreditAllocation {
  private final CreditPlan plan;

  LogDetBanzhaf(CreditPlan plan) {
    this.plan = plan;
  }

  @Override
  public CreditShares allocate(CoverageGame game) {
    PlayerTypes types = PlayerTypes.of(game.matrix());
    double teamValue = game.teamValue(Volume.LOGDET);
    MarginalRange range = MarginalRange.ofLogDet(game.matrix());
    if (plan.enumerates(types.sets())) {
      double[] values = range.clamp(enumerate(types));
      return CreditShares.of(game.overAll(values), teamValue, CreditMethod.EXACT);
    }
    PairSampling sampling =
        PairSampling.run(new SubsetPairs(game.matrix(), plan.seed()), game, plan);
    return sampling.shares(game, range.clamp(sampling.means()), teamValue);
  }

  /** See {@link SetWeights}: w(s) is half of w(s-1) + w(s). */
  private static double[] enumerate(PlayerTypes types) {
    int players = types.players();
    SubsetWalk walk = SubsetWalk.over(types, SetWeights.banzhaf(players));
    double[] values = new double[players];
    for (int i = 0; i < players; i++) {
      values[i] = walk.sumWith(types.typeOf(i)) - walk.sumOfAll() / 2;
    }
    return values;
  }
}
