// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * On-Policy RL with optimal baseline (arXiv 2505.23585): the reward minus the mean reward of a
 * token,
 *
 * <pre>
 *   A_i = r_i - sum_j l_j r_j / sum_j l_j
 * </pre>
 *
 * with the generated tokens l. Equal rewards give exact zeros, and so does a lone rollout, as the
 * formula says; verl leaves a lone rollout its reward. The advantages sum to 0 over tokens, not
 * over rollouts.
 */
final class Opo implements GroupEstimator {
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "OPO",
          "Reward minus the length-weighted mean.",
          "arXiv 2505.23585.",
          Set.of(Input.GENERATED_TOKENS),
          List.of(TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector rewards = rollouts.rewards();
    if (rewards.spread() <= parameters.get(TIE_TOLERANCE)) {
      return Estimate.centered(Vector.zero(rewards.size()));
    }
    Vector tokens = rollouts.generatedTokens();
    double weighted = 0;
    for (int i = 0; i < rewards.size(); i++) {
      weighted += tokens.get(i) * rewards.get(i);
    }
    double baseline = weighted / tokens.sum();
    return Estimate.uncentered(Vector.of(rewards.size(), i -> rewards.get(i) - baseline));
  }
}
