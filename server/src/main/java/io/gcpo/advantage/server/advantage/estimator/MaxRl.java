// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * MaxRL (arXiv 2602.02710): the reward's distance from the mean, in units of the mean,
 *
 * <pre>
 *   A_i = (r_i - mean) / (mean + epsilon)
 * </pre>
 *
 * and 0 where the mean is not positive, as in prime-rl; SkyRL adds an epsilon of 1e-6. Made for
 * rewards of at least 0. Of mixed signs a mean may be rounding alone: one of at most 1e-12 times
 * the largest magnitude counts as 0, which is ours. Equal rewards give exact zeros.
 */
final class MaxRl implements GroupEstimator {
  /** Unlike other epsilons it may be 0: the mean that it is added to is well above rounding. */
  static final Parameter.Real EPSILON =
      new Parameter.Real("epsilon", "Added to the mean before dividing by it.", 0.0, 0, false, 1);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final double ROUNDING = 1e-12;

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "MAXRL",
          "Reward minus group mean, over the mean.",
          "arXiv 2602.02710; the zeros from prime-rl's source.",
          Set.of(),
          List.of(EPSILON, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector rewards = rollouts.rewards();
    double mean = rewards.mean();
    double largest = Math.max(rewards.max(), -rewards.min());
    if (mean <= ROUNDING * largest) {
      return Estimate.centered(Vector.zero(rewards.size()));
    }
    Vector centered =
        NormalizedScores.of(rewards, Normalization.CENTERED, parameters.get(TIE_TOLERANCE))
            .advantages();
    double divisor = mean + parameters.get(EPSILON);
    return Estimate.centered(Vector.of(rewards.size(), i -> centered.get(i) / divisor));
  }
}
