// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/** The Cholesky factorisation of I + A for a positive semi-definite A. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * log det(I + A), as the sum of log(1 + d_k) over the conditional diagonals d_k of A.
   *
   * <p>The factor is taken as L D L' with D = I + diag(d). Each d_k is at least 0 in exact
   * arithmetic and is kept there; so no pivot falls below 1, no jitter is ever needed, and the
   * logarithm of a matrix near I keeps its relative precision. O(n^3).
   *
   * @param matrix A [n, n], positive semi-definite to rounding
   */
  public static double logDeterminantOfIdentityPlus(SymmetricMatrix matrix) {
    int size = matrix.size();
    double[] factor = new double[size * size];
    double[] pivots = new double[size];
    double logDeterminant = 0;
    for (int row = 0; row < size; row++) {
      double conditional = matrix.get(row, row);
      for (int column = 0; column < row; column++) {
        double sum = matrix.get(row, column);
        for (int k = 0; k < column; k++) {
          sum -= factor[row * size + k] * factor[column * size + k] * pivots[k];
        }
        double entry = sum / pivots[column];
        factor[row * size + column] = entry;
        conditional -= entry * sum;
      }
      conditional = Math.max(0, conditional);
      pivots[row] = 1 + conditional;
      logDeterminant += StrictMath.log1p(conditional);
    }
    return logDeterminant;
  }
}
