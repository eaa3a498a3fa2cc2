// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * Group Policy Gradient (arXiv 2504.02546): the reward minus its group's mean, scaled up for the
 * rollouts of the batch that earned nothing,
 *
 * <pre>
 *   A_i   = alpha (r_i - mean)
 *   alpha = rollouts of the batch / max(1, those whose reward is not 0)
 * </pre>
 *
 * as verl computes it, with its F_norm of 1. Equal rewards of a group give exact zeros, and so does
 * a lone rollout; verl gives that alpha times its reward.
 */
final class Gpg implements BatchEstimator {
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GPG",
          "Reward minus group mean, scaled by the share of non-zero rewards in the request.",
          "arXiv 2504.02546; the scale from verl's source.",
          Set.of(),
          List.of(TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public List<Estimate> estimate(List<ScoredRollouts> batch, Parameters parameters) {
    long rollouts = 0;
    long earning = 0;
    for (ScoredRollouts group : batch) {
      rollouts += group.count();
      for (int i = 0; i < group.count(); i++) {
        earning += group.rewards().get(i) == 0 ? 0 : 1;
      }
    }
    double alpha = (double) rollouts / Math.max(1, earning);
    double tieTolerance = parameters.get(TIE_TOLERANCE);
    return batch.stream().map(group -> estimate(group.rewards(), alpha, tieTolerance)).toList();
  }

  private static Estimate estimate(Vector rewards, double alpha, double tieTolerance) {
    Vector centered =
        NormalizedScores.of(rewards, Normalization.CENTERED, tieTolerance).advantages();
    return Estimate.centered(Vector.of(rewards.size(), i -> alpha * centered.get(i)));
  }
}
