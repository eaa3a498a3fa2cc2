// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * Pass-at-k Policy Optimization (arXiv 2505.15201): every rollout's unbiased estimate of the
 * gradient of the best of k, for any reward,
 *
 * <pre>
 *   PLAIN                    s_i = (1 / C(n, k)) sum of max(g, I)                        over I
 *   LEAVE_ONE_OUT_MINUS_ONE  s_i = (1 / C(n, k)) sum of max(g, I) - max(g, I without i)  over I
 * </pre>
 *
 * the subsets I of size k that contain i: see {@link BestOfSubsets}. The scores are served as they
 * are (RAW) or minus their mean (CENTERED), which is ours, as are the shift of negative rewards and
 * the zeros for k > n. RAW compares nothing: equal rewards keep their score.
 */
final class Pkpo implements GroupEstimator {
  static final Parameter.Choice<PkpoVariant> VARIANT =
      new Parameter.Choice<>(
          "pkpo_variant",
          "Which unbiased estimate of the gradient of pass@k.",
          PkpoVariant.LEAVE_ONE_OUT_MINUS_ONE,
          PkpoVariant.class,
          List.of(PkpoVariant.values()));

  static final Parameter.Choice<Normalization> NORMALIZATION =
      CommonParameters.normalization(Normalization.RAW, Normalization.CENTERED);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "PKPO",
          "Unbiased per-rollout estimates of the gradient of pass@k.",
          "arXiv 2505.15201; the sums over subsets re-derived.",
          Set.of(),
          List.of(CommonParameters.K, VARIANT, NORMALIZATION, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector scores =
        BestOfSubsets.scores(
            rollouts.rewards(), parameters.get(CommonParameters.K), parameters.get(VARIANT));
    NormalizedScores normalized =
        NormalizedScores.of(scores, parameters.get(NORMALIZATION), parameters.get(TIE_TOLERANCE));
    return Estimate.of(normalized);
  }
}
