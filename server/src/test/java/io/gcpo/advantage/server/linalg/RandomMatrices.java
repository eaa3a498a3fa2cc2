// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import java.util.Random;

/** Random symmetric matrices, one for a seed. */
final class RandomMatrices {
  private RandomMatrices() {}

  /** X X' of a Gaussian X [size, rank]. */
  static SymmetricMatrix gram(int size, int rank, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[size][rank];
    for (double[] row : x) {
      for (int k = 0; k < rank; k++) {
        row[k] = random.nextGaussian();
      }
    }
    return SymmetricMatrix.of(
        size,
        (i, j) -> {
          double sum = 0;
          for (int k = 0; k < rank; k++) {
            sum += x[i][k] * x[j][k];
          }
          return sum;
        });
  }

  /** Gaussian entries: eigenvalues of both signs. */
  static SymmetricMatrix gaussian(int size, long seed) {
    Random random = new Random(seed);
    return SymmetricMatrix.of(size, (i, j) -> random.nextGaussian());
  }
}
