// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/**
 * The Shapley value of LOGDET: by enumeration of all sets where the plan allows that many, by
 * sampling elsewhere.
 */
final class LogDetShapley implements CreditAllocation {
  private final CreditPlan plan;

  LogDetShapley(CreditPlan plan) {
    this.plan = plan;
  }

  @Override
  public CreditShares allocate(CoverageGame game) {
    PlayerTypes types = PlayerTypes.of(game.matrix());
    double teamValue = game.teamValue(Volume.LOGDET);
    MarginalRange range = MarginalRange.ofLogDet(game.matrix());
    if (plan.enumerates(types.sets())) {
      double[] values = range.clampToSum(enumerate(types, teamValue), teamValue);
      return CreditShares.of(game.overAll(values), teamValue, CreditMethod.EXACT);
    }
    PairSampling sampling =
        PairSampling.run(new PermutationPairs(game.matrix(), teamValue, plan.seed()), game, plan);
    double[] values = range.clampToSum(sampling.means(), teamValue);
    return sampling.shares(game, values, teamValue);
  }

  /** See {@link SetWeights}; what is the same for all follows from sum phi_i = v(N). */
  private static double[] enumerate(PlayerTypes types, double teamValue) {
    int players = types.players();
    SubsetWalk walk = SubsetWalk.over(types, SetWeights.shapley(players));
    double[] values = new double[players];
    double sum = 0;
    for (int i = 0; i < players; i++) {
      values[i] = walk.sumWith(types.typeOf(i));
      sum += values[i];
    }
    double common = (sum - teamValue) / players;
    for (int i = 0; i < players; i++) {
      values[i] -= common;
    }
    return values;
  }
}
