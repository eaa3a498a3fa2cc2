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
 * Diversity-Aware Reinforcement Learning (arXiv 2509.02534): a reward counts for the share of the
 * other rollouts that are unlike it, then the group mean is subtracted,
 *
 * <pre>
 *   d_i = max(floor, (m - |C_i|) / (m - 1))      C_i the cluster of i; 1 where m is 1
 *   A_i = r_i d_i - mean
 * </pre>
 *
 * The formula is its authors' source. Their clusters come from a learned pairwise classifier; ours
 * are the connected components of similarities from {@code cluster_threshold} on, and d of a lone
 * rollout, which theirs divides by 0, is ours too.
 */
final class Darling implements GroupEstimator {
  static final Parameter.Real DIVERSITY_FLOOR =
      new Parameter.Real(
          "diversity_floor",
          "Smallest weight of a rollout's difference from the others.",
          0.1,
          0,
          false,
          1);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.EMBEDDINGS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "DARLING",
          "Rewards times the share of rollouts outside one's own cluster, minus their mean.",
          "arXiv 2509.02534; the formula from its authors' source, clusters from similarities ours.",
          Set.of(Input.SIMILARITY),
          List.of(CommonParameters.CLUSTER_THRESHOLD, DIVERSITY_FLOOR, TIE_TOLERANCE));

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
    Clusters clusters =
        Clusters.of(rollouts.similarity(), parameters.get(CommonParameters.CLUSTER_THRESHOLD));
    double floor = parameters.get(DIVERSITY_FLOOR);
    int m = rollouts.count();
    Vector scores =
        Vector.of(
            m,
            i -> {
              int others = m - clusters.size(clusters.clusterOf(i));
              double share = m == 1 ? 1 : others / (m - 1.0);
              return rollouts.rewards().get(i) * Math.max(floor, share);
            });
    return Estimate.of(
        NormalizedScores.of(scores, Normalization.CENTERED, parameters.get(TIE_TOLERANCE)));
  }
}
