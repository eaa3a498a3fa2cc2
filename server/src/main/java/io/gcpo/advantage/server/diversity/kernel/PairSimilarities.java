// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How similar different rollouts are, over their pairs; absent where there is no pair.
 *
 * @param median the mean of the two middle ones where the count is even
 * @param mean arithmetic mean
 */
record PairSimilarities(OptionalDouble median, OptionalDouble mean) {
  private static final PairSimilarities NONE =
      new PairSimilarities(OptionalDouble.empty(), OptionalDouble.empty());

  /** Of K_ij over the pairs of these positions. O(m^2 log m). */
  static PairSimilarities of(SymmetricMatrix matrix, int... positions) {
    double[] values = new double[positions.length * (positions.length - 1) / 2];
    if (values.length == 0) {
      return NONE;
    }
    int count = 0;
    for (int i = 1; i < positions.length; i++) {
      for (int j = 0; j < i; j++) {
        values[count++] = matrix.get(positions[i], positions[j]);
      }
    }
    Arrays.sort(values);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return new PairSimilarities(
        OptionalDouble.of((values[(count - 1) / 2] + values[count / 2]) / 2),
        OptionalDouble.of(sum / count));
  }
}
