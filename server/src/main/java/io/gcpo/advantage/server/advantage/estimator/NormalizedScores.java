// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;

/**
 * Scores turned into advantages by the normalisation that the caller chose.
 *
 * @param advantages [m]
 * @param centered whether they sum to 0, to rounding
 */
record NormalizedScores(Vector advantages, boolean centered) {

  /**
   * Normalises scores by an operator that takes nothing but a tie tolerance: CENTERED,
   * LEAVE_ONE_OUT or RAW.
   */
  static NormalizedScores of(Vector scores, Normalization operator, double tieTolerance) {
    return of(operator, new Normalization.Input(scores, scores, tieTolerance, 0, 0));
  }

  /**
   * Normalises scores.
   *
   * @param scores [m]
   * @param rewards [m]
   * @param normalization declared by the estimator
   * @param parameters with a value for {@code normalization}, {@code ties} and {@link
   *     CommonParameters#EPSILON}
   */
  static NormalizedScores of(
      Vector scores,
      Vector rewards,
      Parameters parameters,
      Parameter<Normalization> normalization,
      Parameter.Real ties) {
    return of(
        parameters.get(normalization),
        new Normalization.Input(
            scores,
            rewards,
            parameters.get(ties),
            parameters.get(CommonParameters.EPSILON),
            parameters.getOrDefault(CommonParameters.MIX_LAMBDA)));
  }

  private static NormalizedScores of(Normalization operator, Normalization.Input input) {
    Vector advantages = operator.apply(input);
    return new NormalizedScores(advantages, operator.centered() || advantages.isZero());
  }
}
