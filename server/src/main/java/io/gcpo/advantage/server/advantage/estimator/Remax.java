// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * ReMax (arXiv 2310.10505): the reward minus that of the policy's greedy rollout b,
 *
 * <pre>
 *   A_i = r_i - b
 * </pre>
 *
 * for one reward at the end of a rollout and a discount of 1. The group is not compared with
 * itself: equal rewards are no tie, and a lone rollout is served like any other.
 */
final class Remax implements GroupEstimator {
  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "REMAX",
          "Reward minus the greedy rollout's reward.",
          "arXiv 2310.10505.",
          Set.of(Input.GREEDY_REWARD),
          List.of());

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector rewards = rollouts.rewards();
    double greedy = rollouts.greedyReward();
    return Estimate.uncentered(Vector.of(rewards.size(), i -> rewards.get(i) - greedy));
  }
}
