// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.Clusters;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Uniqueness-Aware RL, "Rewarding the Rare" (arXiv 2601.08763): GRPO's advantage divided by a power
 * of the number of rollouts that went the same way,
 *
 * <pre>
 *   A_i = z_i / |C_i|^exponent      z_i = (r_i - mean) / (s + epsilon), C_i the cluster of i
 * </pre>
 *
 * with the sample standard deviation s and clusters among all rollouts; exponent 0 is GRPO. The
 * formula is the paper's; its clusters are a language model's judgement, ours the connected
 * components of similarities from {@code cluster_threshold} on. A negative advantage shrinks like a
 * positive one, and the sum is not 0. Equal rewards give exact zeros.
 */
final class UniquenessAware implements GroupEstimator {
  static final Parameter.Real CLUSTER_EXPONENT = CommonParameters.clusterExponent(1);

  /** Of the rewards: clusters do not make a tie of them. */
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "UNIQUENESS_AWARE",
          "GRPO divided by a power of the cluster's size.",
          "arXiv 2601.08763; clusters from similarities ours.",
          Set.of(Input.SIMILARITY),
          List.of(
              CommonParameters.CLUSTER_THRESHOLD,
              CLUSTER_EXPONENT,
              CommonParameters.EPSILON,
              TIE_TOLERANCE));

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
    Vector grpo =
        ZScore.of(
            rollouts.rewards(),
            parameters.get(TIE_TOLERANCE),
            parameters.get(CommonParameters.EPSILON));
    Clusters clusters =
        Clusters.of(rollouts.similarity(), parameters.get(CommonParameters.CLUSTER_THRESHOLD));
    double exponent = parameters.get(CLUSTER_EXPONENT);
    return Estimate.uncentered(
        Vector.of(
            grpo.size(),
            i -> grpo.get(i) / StrictMath.pow(clusters.size(clusters.clusterOf(i)), exponent)));
  }
}
