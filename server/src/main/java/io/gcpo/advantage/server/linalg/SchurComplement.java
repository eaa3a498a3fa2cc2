// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * One step of symmetric elimination on I + A, for a positive semi-definite A: what is left of A
 * once a row is given.
 */
public final class SchurComplement {
  /*
   * With e the diagonal entry of the given row j, A' = A - A_j A_j' / (1 + e). Written as
   *
   *   A'_ik = (A_ik + (A_ik e - A_ij A_kj)) / (1 + e)
   *
   * it keeps exact duplicates exact, however large: their bracket is 0. In exact arithmetic
   * A_ij^2 <= A_ii A_jj. Rounding breaks that where A is so large that the complement has no correct
   * digit left; keeping it bounds the entries and holds the diagonal at or above 0, so every pivot
   * 1 + e is at least 1, nothing overflows, and no jitter is ever needed.
   */
  private SchurComplement() {}

  /**
   * Conditions the rows behind {@code given} on it. In a hot loop, hence on bare arrays that the
   * caller owns: [size * size], row-major, of which only the lower triangle from row {@code given}
   * on is read and written. O((size - given)^2).
   *
   * @param matrix A; its column {@code given} may be overwritten
   * @param target receives A' in the rows and columns behind {@code given}; may be {@code matrix}
   */
  public static void condition(double[] matrix, double[] target, int size, int given) {
    double pivot = matrix[given * size + given];
    double inverse = 1 / (1 + pivot);
    for (int i = given + 1; i < size; i++) {
      int row = i * size;
      double coupling = matrix[row + given];
      double bound = matrix[row + i] * pivot;
      if (coupling * coupling > bound) {
        coupling = Math.copySign(Math.sqrt(bound), coupling);
        matrix[row + given] = coupling;
      }
      for (int k = given + 1; k < i; k++) {
        double entry = matrix[row + k];
        double cross = coupling * matrix[k * size + given];
        target[row + k] = (entry + (entry * pivot - cross)) * inverse;
      }
      double cross = Math.min(bound, coupling * coupling);
      target[row + i] = (matrix[row + i] + (bound - cross)) * inverse;
    }
  }
}
