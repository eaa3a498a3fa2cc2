// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/** The determinant of I + A, for a positive semi-definite A. */
public final class Determinant {
  private Determinant() {}

  /**
   * det(I + A) - 1, which keeps its relative precision as A goes to 0: with the pivots e of the
   * elimination, prod (1 + e) - 1 grows by e (1 + itself) a pivot, and nothing is subtracted.
   * O(n^3).
   *
   * @param matrix A [n, n], positive semi-definite to rounding; 0 for n = 0
   * @return >= 0; infinite where the determinant is beyond the largest double
   */
  public static double ofIdentityPlusLessOne(SymmetricMatrix matrix) {
    double[][] pivots = matrix.toRows();
    SchurComplement.eliminate(pivots);
    double lessOne = 0;
    for (int k = 0; k < pivots.length; k++) {
      lessOne += pivots[k][k] * (1 + lessOne);
    }
    return lessOne;
  }
}
