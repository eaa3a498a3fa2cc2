// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;
import java.util.Set;

/**
 * REINFORCE leave-one-out (arXiv 2402.14740): the reward against the mean of the m - 1 others,
 *
 * <pre>
 *   A_i = r_i - (sum r - r_i) / (m - 1) = (r_i - mean) m / (m - 1)
 * </pre>
 *
 * A lone rollout has no others and gets 0, as in TRL and SkyRL; one of verl's versions leaves it
 * its reward. Equal rewards give exact zeros. Reward clipping, a KL penalty and TRL's normalisation
 * over the batch are not served.
 */
final class Rloo implements GroupEstimator {
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "RLOO",
          "Reward minus the mean of the others.",
          "arXiv 2402.14740.",
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
            rollouts.rewards(), Normalization.LEAVE_ONE_OUT, parameters.get(TIE_TOLERANCE)));
  }
}
