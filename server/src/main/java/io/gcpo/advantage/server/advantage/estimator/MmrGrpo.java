// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * MMR-GRPO (arXiv 2601.09085): rewards re-ranked by maximal marginal relevance, then GRPO. The best
 * reward is picked first and keeps its value; then always the largest of
 *
 * <pre>
 *   x_i = lambda r_i - (1 - lambda) max(0, largest K_ij over the picked j)
 * </pre>
 *
 * of those left is picked and keeps that value; the first of several. A_i = (x_i - mean) / (s +
 * epsilon) with the sample standard deviation s. The formula is its authors' source with a fixed
 * lambda; we pick within the group, they within the whole batch. Picking breaks symmetry: of equal
 * rollouts the first gets more, and equal rewards of alike rollouts are no tie.
 */
final class MmrGrpo implements GroupEstimator {
  static final Parameter.Real LAMBDA =
      new Parameter.Real(
          "mmr_lambda",
          "Share lambda of the reward; the rest is the penalty on similarity.",
          0.7,
          0,
          false,
          1);

  static final Parameter.Real EPSILON = CommonParameters.epsilon(1e-4);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.EMBEDDINGS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "MMR_GRPO",
          "GRPO of rewards re-ranked by maximal marginal relevance.",
          "arXiv 2601.09085; the formula from its authors' source, within the group instead of the"
              + " batch.",
          Set.of(Input.SIMILARITY),
          List.of(LAMBDA, EPSILON, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Optional<NamedKernel> defaultKernel() {
    return Optional.of(NamedKernel.EMBEDDING_COSINE);
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector scores =
        MarginalRelevance.of(rollouts.rewards(), rollouts.similarity(), parameters.get(LAMBDA));
    return Estimate.centered(
        ZScore.of(scores, parameters.get(TIE_TOLERANCE), parameters.get(EPSILON)));
  }
}
