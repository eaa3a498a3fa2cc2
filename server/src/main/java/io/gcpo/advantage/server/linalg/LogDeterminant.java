// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/** The logarithm of the determinant of I + A, for a positive semi-definite A. */
public final class LogDeterminant {
  private LogDeterminant() {}

  /**
   * log det(I + A), as the sum of log(1 + e) over the pivots of the elimination: never the
   * logarithm of a determinant, which overflows. It keeps its relative precision as A goes to 0.
   * O(n^3).
   *
   * @param matrix A [n, n], positive semi-definite to rounding; 0 for n = 0
   */
  public static double ofIdentityPlus(SymmetricMatrix matrix) {
    double[][] pivots = matrix.toRows();
    SchurComplement.eliminate(pivots);
    double logDeterminant = 0;
    for (int k = 0; k < pivots.length; k++) {
      logDeterminant += LogOnePlus.of(pivots[k][k]);
    }
    return logDeterminant;
  }
}
