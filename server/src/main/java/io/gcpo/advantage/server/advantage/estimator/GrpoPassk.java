// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * GRPO for pass@k (arXiv 2503.19595), as verl computes it: the best rollout gets its lead over the
 * second best, and nobody else gets anything,
 *
 * <pre>
 *   A_best = (r_best - r_second) / (s + epsilon)
 * </pre>
 *
 * with the sample standard deviation s of the group. Two that share the best reward have no lead:
 * with rewards of 0 and 1 there is a signal only where exactly one is correct. A lone rollout gets
 * 0; verl refuses it.
 */
final class GrpoPassk implements GroupEstimator {
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GRPO_PASSK",
          "Only the best rollout, by its lead over the second.",
          "arXiv 2503.19595; the formula from verl's source.",
          Set.of(),
          List.of(CommonParameters.EPSILON, TIE_TOLERANCE));

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
    int best = 0;
    double second = Double.NEGATIVE_INFINITY;
    for (int i = 1; i < rewards.size(); i++) {
      if (rewards.get(i) > rewards.get(best)) {
        second = rewards.get(best);
        best = i;
      } else {
        second = Math.max(second, rewards.get(i));
      }
    }
    int winner = best;
    double divisor = rewards.standardDeviation() + parameters.get(CommonParameters.EPSILON);
    double lead = (rewards.get(best) - second) / divisor;
    return Estimate.uncentered(Vector.of(rewards.size(), i -> i == winner ? lead : 0));
  }
}
