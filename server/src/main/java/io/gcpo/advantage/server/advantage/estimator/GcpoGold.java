// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;
import java.util.Set;

/**
 * Group Contrastive Policy Optimization, "Go Gold": where every rollout of a group fails, the
 * golden answer takes one place, and then the advantages are GRPO's,
 *
 * <pre>
 *   A_i = (r_i - mean) / (s + epsilon)
 * </pre>
 *
 * over the changed group, with the sample standard deviation s. Of m rollouts that scored 0 and a
 * golden answer that scores 1 in one's place, the golden answer gets about (m - 1) / sqrt(m) and
 * each other -1 / sqrt(m). The change itself is made before an estimator is asked: see {@code
 * advantage.gold}.
 *
 * <p>After arXiv 2510.07790, of whose text only the abstract was available to us: that GRPO's
 * normalisation follows, and with which constants, is our reading.
 */
final class GcpoGold implements GroupEstimator {
  static final Parameter.Choice<Normalization> NORMALIZATION =
      CommonParameters.normalization(
          Normalization.STD, Normalization.CENTERED, Normalization.LEAVE_ONE_OUT);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GCPO_GOLD",
          "GRPO after the golden answer has taken a place in a group that failed.",
          "Our reading of the abstract of arXiv 2510.07790.",
          Set.of(),
          List.of(NORMALIZATION, CommonParameters.EPSILON, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public boolean goldByDefault() {
    return true;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    return Estimate.of(
        NormalizedScores.of(
            rollouts.rewards(), rollouts.rewards(), parameters, NORMALIZATION, TIE_TOLERANCE));
  }
}
