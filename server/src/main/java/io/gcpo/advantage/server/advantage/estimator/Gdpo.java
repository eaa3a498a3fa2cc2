// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Group reward-Decoupled normalization Policy Optimization (arXiv 2601.05242): every component c of
 * the reward is normalised on its own, so that a loud one does not drown the others,
 *
 * <pre>
 *   z_ic = (r_ic - mean_c) / (s_c + epsilon)     in the group
 *   x_i  = sum over c of weight_c z_ic
 *   A_i  = (x_i - mean) / (s + epsilon)          over the batch
 * </pre>
 *
 * with sample standard deviations and TRL's epsilon in both places. The outer mean is 0 by
 * construction, and taken as 0. A component without spread in a group adds exact zeros to it, and a
 * batch without spread is all zeros. The reward itself is not used.
 */
final class Gdpo implements BatchEstimator {
  static final Parameter.Weights COMPONENT_WEIGHTS =
      new Parameter.Weights(
          "component_weights",
          "Weight of each reward component; one that is not named weighs 1.",
          -1000,
          1000);

  static final Parameter.Real EPSILON = CommonParameters.epsilon(1e-4);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GDPO",
          "Z-scores of each reward component, summed and whitened over the request.",
          "arXiv 2601.05242; the constants from TRL's source.",
          Set.of(Input.REWARD_COMPONENTS),
          List.of(COMPONENT_WEIGHTS, EPSILON, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public List<Estimate> estimate(List<ScoredRollouts> batch, Parameters parameters) {
    List<Vector> sums = batch.stream().map(group -> weightedScores(group, parameters)).toList();
    BatchMoments moments =
        BatchMoments.ofCentered(sums, batch.stream().map(Weighting.ROLLOUTS::of).toList());
    double epsilon = parameters.get(EPSILON);
    return moments
        .standardise(
            sums,
            parameters.get(TIE_TOLERANCE),
            batchMoments -> Math.sqrt(batchMoments.sampleVariance()) + epsilon)
        .stream()
        .map(Estimate::centered)
        .toList();
  }

  private static Vector weightedScores(ScoredRollouts group, Parameters parameters) {
    Map<String, Double> weights = parameters.get(COMPONENT_WEIGHTS);
    double[] sums = new double[group.count()];
    for (Map.Entry<String, Vector> component : group.components().entrySet()) {
      double weight = weights.getOrDefault(component.getKey(), 1.0);
      Vector scores =
          ZScore.of(component.getValue(), parameters.get(TIE_TOLERANCE), parameters.get(EPSILON));
      for (int i = 0; i < sums.length; i++) {
        sums[i] += weight * scores.get(i);
      }
    }
    return Vector.of(sums);
  }
}
