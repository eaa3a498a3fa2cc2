// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Diversity-aware Reward Adjustment (arXiv 2505.09655): a reward is divided by how much of the
 * group is like it, then GRPO,
 *
 * <pre>
 *   x_i = r_i / (max(1, sum_j K_ij) + 1e-6)      the sum includes j = i
 *   A_i = (x_i - mean) / (s + epsilon)
 * </pre>
 *
 * with the sample standard deviation s. The formula without the floor of 1 is its authors' source;
 * the floor is ours, as a sum of cosines near or below 0 would explode. The sum runs over the
 * group; theirs over the batch of one device. A wrong rollout of negative reward gains by being
 * redundant.
 */
final class DraGrpo implements GroupEstimator {
  static final Parameter.Real EPSILON = CommonParameters.epsilon(1e-4);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.EMBEDDINGS);

  private static final double SUM_EPSILON = 1e-6;

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "DRA_GRPO",
          "GRPO of rewards divided by the sum of similarities.",
          "arXiv 2505.09655; the constants from its authors' source, the floor of the sum ours.",
          Set.of(Input.SIMILARITY),
          List.of(EPSILON, TIE_TOLERANCE));

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
    Vector rewards = rollouts.rewards();
    SymmetricMatrix similarity = rollouts.similarity();
    Vector adjusted =
        Vector.of(
            rewards.size(),
            i -> rewards.get(i) / (Math.max(1, rowSum(similarity, i)) + SUM_EPSILON));
    return Estimate.centered(
        ZScore.of(adjusted, parameters.get(TIE_TOLERANCE), parameters.get(EPSILON)));
  }

  private static double rowSum(SymmetricMatrix similarity, int row) {
    double sum = 0;
    for (int column = 0; column < similarity.size(); column++) {
      sum += similarity.get(row, column);
    }
    return sum;
  }
}
