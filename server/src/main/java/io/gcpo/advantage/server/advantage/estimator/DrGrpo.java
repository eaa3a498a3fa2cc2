// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;
import java.util.Set;

/**
 * Dr. GRPO (arXiv 2503.20783), GRPO without the division by the standard deviation,
 *
 * <pre>
 *   A_i = r_i - mean
 * </pre>
 *
 * as TRL computes with {@code scale_rewards="none"} and verl with {@code norm_adv_by_std_in_grpo}
 * off. The paper's other half, a loss divided by a constant length, is the trainer's. Equal rewards
 * give exact zeros, and so does a lone rollout.
 */
final class DrGrpo implements GroupEstimator {
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "DR_GRPO",
          "Reward minus group mean.",
          "arXiv 2503.20783.",
          Set.of(),
          List.of(TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    return Estimate.of(
        NormalizedScores.of(
            rollouts.rewards(), Normalization.CENTERED, parameters.get(TIE_TOLERANCE)));
  }
}
