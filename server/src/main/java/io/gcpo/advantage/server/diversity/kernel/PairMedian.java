// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;
import java.util.OptionalDouble;

/** The median similarity of different rollouts. */
final class PairMedian {
  private PairMedian() {}

  /**
   * The median of K_ij over the pairs of these positions: the mean of the two middle ones where the
   * count is even, absent for fewer than two positions. O(m^2 log m).
   */
  static OptionalDouble of(SymmetricMatrix matrix, int... positions) {
    double[] values = new double[positions.length * (positions.length - 1) / 2];
    if (values.length == 0) {
      return OptionalDouble.empty();
    }
    int count = 0;
    for (int i = 1; i < positions.length; i++) {
      for (int j = 0; j < i; j++) {
        values[count++] = matrix.get(positions[i], positions[j]);
      }
    }
    Arrays.sort(values);
    return OptionalDouble.of((values[(count - 1) / 2] + values[count / 2]) / 2);
  }
}
