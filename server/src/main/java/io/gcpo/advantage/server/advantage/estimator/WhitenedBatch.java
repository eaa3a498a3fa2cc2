// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/** What the two REINFORCE++ estimators share: values of rollouts whitened over the whole batch. */
final class WhitenedBatch {
  static final Parameter.Choice<Whitening> WHITENING =
      new Parameter.Choice<>(
          "whitening",
          "Whose whitening of the batch.",
          Whitening.VERL,
          Whitening.class,
          List.of(Whitening.values()));

  static final Parameter.Choice<Weighting> WEIGHTING =
      new Parameter.Choice<>(
          "weighting",
          "What counts once in the batch's mean and variance.",
          Weighting.TOKENS,
          Weighting.class,
          List.of(Weighting.values()));

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private WhitenedBatch() {}

  /** What the declared parameters ask of each group. */
  static Set<Input> inputs(Parameters parameters) {
    return parameters.get(WEIGHTING).inputs();
  }

  /**
   * (x - mean) / divisor for every rollout; exact zeros where all x of the batch are a tie.
   *
   * @param values the x, one vector [m] for each of {@code batch}
   * @param centered whether the x of every group sum to 0
   */
  static List<Estimate> of(
      List<ScoredRollouts> batch, List<Vector> values, boolean centered, Parameters parameters) {
    Weighting weighting = parameters.get(WEIGHTING);
    List<Vector> weights = batch.stream().map(weighting::of).toList();
    boolean meanIsZero = centered && weighting == Weighting.ROLLOUTS;
    BatchMoments moments =
        meanIsZero ? BatchMoments.ofCentered(values, weights) : BatchMoments.of(values, weights);
    return moments
        .standardise(values, parameters.get(TIE_TOLERANCE), parameters.get(WHITENING)::divisor)
        .stream()
        .map(meanIsZero ? Estimate::centered : Estimate::uncentered)
        .toList();
  }
}
