// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;

/**
 * Group Relative Policy Optimization (arXiv 2402.03300): the reward's z-score inside its group,
 *
 * <pre>
 *   A_i = (r_i - mean) / (s + epsilon)
 * </pre>
 *
 * with the sample standard deviation s, as verl and TRL compute it; mean only with {@link
 * Normalization#CENTERED}, as in Dr. GRPO (arXiv 2503.20783). Equal rewards give exact zeros.
 */
final class Grpo implements AdvantageEstimator {
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(1e-12);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GRPO",
          "The reward's z-score inside its group.",
          "arXiv 2402.03300; mean only: arXiv 2503.20783.",
          false,
          List.of(CommonParameters.NORMALIZATION, CommonParameters.EPSILON, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    return Estimate.of(NormalizedScores.of(rollouts.rewards(), parameters, TIE_TOLERANCE));
  }
}
