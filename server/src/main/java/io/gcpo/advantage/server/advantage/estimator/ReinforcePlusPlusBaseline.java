// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * REINFORCE++-baseline (arXiv 2501.03262): the reward minus its group's mean, whitened over all
 * rollouts of the batch,
 *
 * <pre>
 *   x_i = r_i - mean of the group
 *   A_i = (x_i - mean) / std
 * </pre>
 *
 * with the outer mean and std as {@link Whitening} and {@link Weighting} say. A lone rollout keeps
 * its reward as x, as in verl. Equal rewards of a group give x of exactly 0, and a batch of equal x
 * exact zeros. Weighting by rollouts instead of tokens is ours; the outer mean is then 0 but for
 * lone rewards, and taken as 0 where there are none.
 */
final class ReinforcePlusPlusBaseline implements BatchEstimator {
  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "REINFORCE_PLUS_PLUS_BASELINE",
          "Reward minus group mean, whitened over the request.",
          "arXiv 2501.03262; the whitenings from the sources of verl and OpenRLHF.",
          Set.of(),
          List.of(WhitenedBatch.WHITENING, WhitenedBatch.WEIGHTING, WhitenedBatch.TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Set<Input> inputs(Parameters parameters) {
    return WhitenedBatch.inputs(parameters);
  }

  @Override
  public List<Estimate> estimate(List<ScoredRollouts> batch, Parameters parameters) {
    double tieTolerance = parameters.get(WhitenedBatch.TIE_TOLERANCE);
    List<Vector> values =
        batch.stream().map(group -> minusMean(group.rewards(), tieTolerance)).toList();
    boolean centered =
        batch.stream().noneMatch(group -> group.count() == 1 && !group.rewards().isZero());
    return WhitenedBatch.of(batch, values, centered, parameters);
  }

  private static Vector minusMean(Vector rewards, double tieTolerance) {
    return rewards.size() == 1
        ? rewards
        : NormalizedScores.of(rewards, Normalization.CENTERED, tieTolerance).advantages();
  }
}
