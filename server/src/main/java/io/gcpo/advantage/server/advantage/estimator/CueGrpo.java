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
import java.util.stream.IntStream;

/**
 * After Cue-GRPO (arXiv 2608.03467): GRPO's positive advantages z of correct rollouts shift to rare
 * clusters,
 *
 * <pre>
 *   w_i = |C_i|^-exponent           C_i the cluster of i among the correct rollouts
 *   A_i = z_i w_i / (mean of w)     where r_i > 0 and z_i > 0; else z_i
 * </pre>
 *
 * with the mean over those same rollouts. The sum stays where their z are equal, as with rewards of
 * 0 and 1; in general it does not. The paper's text was not available to us: this follows
 * third-party summaries, the exponent of 0.8 included; clusters from similarities are ours. Equal
 * rewards give exact zeros.
 */
final class CueGrpo implements GroupEstimator {
  static final Parameter.Real CLUSTER_EXPONENT = CommonParameters.clusterExponent(0.8);

  /** Of the rewards: clusters do not make a tie of them. */
  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "CUE_GRPO",
          "GRPO with positive advantages redistributed to rare clusters.",
          "After third-party summaries of arXiv 2608.03467; clusters from similarities ours.",
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
    Vector rewards = rollouts.rewards();
    Vector grpo =
        ZScore.of(rewards, parameters.get(TIE_TOLERANCE), parameters.get(CommonParameters.EPSILON));
    int[] correct = IntStream.range(0, rewards.size()).filter(i -> rewards.get(i) > 0).toArray();
    Clusters clusters =
        Clusters.of(
            rollouts.similarity().principal(correct),
            parameters.get(CommonParameters.CLUSTER_THRESHOLD));
    double exponent = parameters.get(CLUSTER_EXPONENT);
    double[] weights = new double[rewards.size()]; // 0 where the advantage stays
    double sum = 0;
    int moved = 0;
    for (int k = 0; k < correct.length; k++) {
      if (grpo.get(correct[k]) > 0) {
        weights[correct[k]] = StrictMath.pow(clusters.size(clusters.clusterOf(k)), -exponent);
        sum += weights[correct[k]];
        moved++;
      }
    }
    double mean = sum / Math.max(1, moved);
    return Estimate.uncentered(
        Vector.of(
            rewards.size(), i -> weights[i] == 0 ? grpo.get(i) : grpo.get(i) * weights[i] / mean));
  }
}
