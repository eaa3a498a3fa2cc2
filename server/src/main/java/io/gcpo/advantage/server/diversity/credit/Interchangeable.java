// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;

/**
 * Players that a game cannot tell apart: exchanging them leaves its matrix as it is, bit by bit.
 * Identical rollouts are, and so are mutually orthogonal ones of one reward. Exact arithmetic gives
 * them equal values; rounding and sampling do not. Immutable.
 */
final class Interchangeable {
  /** The first player of each player's class. */
  private final int[] first;

  private Interchangeable(int[] first) {
    this.first = first;
  }

  /** The classes of a game. O(n^3) at worst. */
  static Interchangeable of(SymmetricMatrix matrix) {
    int size = matrix.size();
    int[] first = new int[size];
    Arrays.fill(first, -1);
    for (int i = 0; i < size; i++) {
      if (first[i] >= 0) {
        continue;
      }
      Interruption.check();
      first[i] = i;
      for (int j = i + 1; j < size; j++) {
        if (first[j] < 0 && areInterchangeable(matrix, i, j)) {
          first[j] = i;
        }
      }
    }
    return new Interchangeable(first);
  }

  /** The values [n] with those of interchangeable players replaced by their mean. */
  double[] average(double[] values) {
    double[] sums = new double[values.length];
    int[] counts = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      sums[first[i]] += values[i];
      counts[first[i]]++;
    }
    double[] averaged = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      averaged[i] = sums[first[i]] / counts[first[i]];
    }
    return averaged;
  }

  /** Whether exchanging two players leaves the matrix as it is. O(n). */
  static boolean areInterchangeable(SymmetricMatrix matrix, int i, int j) {
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
