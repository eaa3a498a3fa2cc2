// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.credit.Allocation;
import io.gcpo.advantage.server.diversity.credit.CoverageGame;
import io.gcpo.advantage.server.diversity.credit.CreditPlan;
import io.gcpo.advantage.server.diversity.credit.CreditShares;
import io.gcpo.advantage.server.diversity.credit.TeamCredits;
import io.gcpo.advantage.server.diversity.credit.Volume;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;

/**
 * Group Cooperative Policy Optimization: a rollout earns its Shapley value in the team's coverage.
 *
 * <pre>
 *   w_i  = max(0, r_i)                      weight
 *   L_ij = w_i^p K_ij w_j^p                 reward-weighted kernel
 *   v(S) = log det(I + alpha L_S)           coverage of a set of rollouts
 *   phi  = Shapley value of v               credit, sums to v(all)
 *   s_i  = phi_i / log(1 + alpha)           score: 1 for a lone correct rollout of reward 1
 *   A    = normalisation of s
 * </pre>
 *
 * <p>A wrong rollout scores 0, and so does a group that is all wrong; the m copies of a correct one
 * share one volume. After arXiv 2605.11461; its full text was not available to us, and this
 * definition is our reading of its abstract.
 */
final class GcpoCooperative implements AdvantageEstimator {
  static final Parameter.Real ALPHA =
      new Parameter.Real(
          "alpha", "Volume scale of the coverage log det(I + alpha L).", 1.0, 0, true, 1e6);

  static final Parameter.Real REWARD_EXPONENT =
      new Parameter.Real(
          "reward_exponent",
          "Exponent p of the reward in L_ij = w_i^p K_ij w_j^p with w = max(0, reward).",
          0.5,
          0,
          true,
          4);

  static final Parameter.Whole EXACT_LIMIT =
      new Parameter.Whole(
          "exact_limit",
          "Largest number of rollouts of positive reward for which Shapley values are enumerated"
              + " exactly; above it the matrix-logarithm closed form is used.",
          16,
          0,
          20);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(1e-5);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GCPO_COOPERATIVE",
          "The rollout's Shapley value in the team's coverage of valid, different solutions.",
          "Our reading of the abstract of arXiv 2605.11461.",
          true,
          List.of(
              CommonParameters.KERNEL,
              ALPHA,
              REWARD_EXPONENT,
              EXACT_LIMIT,
              CommonParameters.NORMALIZATION,
              CommonParameters.EPSILON,
              TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    double alpha = parameters.get(ALPHA);
    CoverageGame game =
        CoverageGame.of(
            rollouts.similarity(), rollouts.rewards(), parameters.get(REWARD_EXPONENT), alpha);
    int exactLimit = parameters.get(EXACT_LIMIT);
    Allocation allocation =
        game.activePlayers() <= exactLimit ? Allocation.SHAPLEY : Allocation.MATRIX_LOG;
    CreditShares credit =
        TeamCredits.share(
            game,
            new CreditPlan(Volume.LOGDET, allocation, exactLimit, 0, CreditPlan.MIN_SAMPLES, 0));
    double unit = StrictMath.log1p(alpha);
    Vector scaled = Vector.of(rollouts.count(), i -> credit.values().get(i) / unit);
    return Estimate.of(
        NormalizedScores.of(scaled, parameters, TIE_TOLERANCE),
        new Estimate.Credits(
            credit.values(), scaled, new TeamCredit(credit.teamValue(), credit.method())));
  }
}
