// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;

/**
 * Scores turned into advantages.
 *
 * @param advantages [m]
 * @param centered whether they sum to 0, to rounding
 * @param tie whether the scores were a tie; every advantage is then exactly 0
 */
record NormalizedScores(Vector advantages, boolean centered, boolean tie) {

  /**
   * Normalises scores unless their spread (max - min) is within the tie tolerance. The tie is
   * decided on the scores, before any division: a standard deviation of equal scores need not be 0.
   *
   * @param scores [m]
   * @param parameters with a value for each of {@code ties}, {@link CommonParameters#NORMALIZATION}
   *     and {@link CommonParameters#EPSILON}
   */
  static NormalizedScores of(Vector scores, Parameters parameters, Parameter.Real ties) {
    if (scores.max() - scores.min() <= parameters.get(ties)) {
      return new NormalizedScores(Vector.zero(scores.size()), true, true);
    }
    Normalization normalization = parameters.get(CommonParameters.NORMALIZATION);
    double epsilon = parameters.get(CommonParameters.EPSILON);
    return new NormalizedScores(normalization.apply(scores, epsilon), true, false);
  }
}
