// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * Players that a game cannot tell apart: exchanging them leaves its matrix as it is, bit by bit.
 * Identical rollouts are, and so are mutually orthogonal ones of one reward. Exact arithmetic gives
 * them equal values; rounding does not.
 */
final class Interchangeable {
  private Interchangeable() {}

  /** The values [n] with those of interchangeable players replaced by their mean. O(n^3). */
  static double[] average(SymmetricMatrix matrix, double[] values) {
    int size = values.length;
    double[] averaged = new double[size];
    boolean[] done = new boolean[size];
    for (int i = 0; i < size; i++) {
      if (done[i]) {
        continue;
      }
      boolean[] alike = new boolean[size];
      double sum = 0;
      int count = 0;
      for (int j = i; j < size; j++) {
        alike[j] = !done[j] && areInterchangeable(matrix, i, j);
        if (alike[j]) {
          sum += values[j];
          count++;
        }
      }
      for (int j = i; j < size; j++) {
        if (alike[j]) {
          averaged[j] = sum / count;
          done[j] = true;
        }
      }
    }
    return averaged;
  }

  private static boolean areInterchangeable(SymmetricMatrix matrix, int i, int j) {
    if (matrix.get(i, i) != matrix.get(j, j)) {
      return false;
    }
    for (int k = 0; k < matrix.size(); k++) {
      if (k != i && k != j && matrix.get(i, k) != matrix.get(j, k)) {
        return false;
      }
    }
    return true;
  }
}
