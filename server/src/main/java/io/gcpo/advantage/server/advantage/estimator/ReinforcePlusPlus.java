// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * REINFORCE++ (arXiv 2501.03262): rewards whitened over all rollouts of the batch,
 *
 * <pre>
 *   A_i = (r_i - mean) / std
 * </pre>
 *
 * with mean and std as {@link Whitening} and {@link Weighting} say. It is the paper's advantage for
 * one reward at the end of a rollout and a discount of 1: then every token of a rollout has the
 * same return. The KL penalty of each token is not served. A batch of equal rewards gives exact
 * zeros. Weighting by rollouts instead of tokens is ours.
 */
final class ReinforcePlusPlus implements BatchEstimator {
  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "REINFORCE_PLUS_PLUS",
          "Rewards whitened over the request.",
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
    List<Vector> rewards = batch.stream().map(ScoredRollouts::rewards).toList();
    return WhitenedBatch.of(batch, rewards, false, parameters);
  }
}
