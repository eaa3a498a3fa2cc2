// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * Symmetric elimination on I + A, for a positive semi-definite A: what is left of A once some of
 * its rows are given.
 *
 * <p>In a hot loop, hence on bare arrays that the caller owns: n rows of n entries, of which only
 * the upper triangle is read and written.
 */
public final class SchurComplement {
  /*
   * A row j given with weight w leaves, with e = w A_jj,
   *
   *   A'_ik = A_ik - w A_ji A_jk / (1 + e) = (A_ik + (A_ik e - w A_ji A_jk)) / (1 + e)
   *
   * The second form keeps exact duplicates exact, however large: their bracket is 0. In exact
   * arithmetic A_ji^2 <= A_ii A_jj. Rounding breaks that where A is so large that the complement has
   * no correct digit left; keeping it bounds the entries and holds the diagonal at or above 0, so
   * every pivot 1 + e is at least 1, nothing overflows, and no jitter is ever needed.
   *
   * Rows as arrays of their own, and one index for the row read, the row written and row j: that is
   * what lets the compiler use vector instructions.
   */
  private SchurComplement() {}

  /**
   * Conditions the rows behind {@code given} on it. O((n - given)^2).
   *
   * @param matrix A; its row {@code given} may be overwritten
   * @param target receives A' in the rows behind {@code given}; may be {@code matrix}
   * @param weight w >= 0: the row given with weight 2 is the row and a copy of it given
   */
  public static void condition(double[][] matrix, double[][] target, int given, double weight) {
    double[] coupling = matrix[given];
    int size = coupling.length;
    double pivot = coupling[given];
    double e = weight * pivot;
    double inverse = 1 / (1 + e);
    for (int k = given + 1; k < size; k++) {
      double bound = matrix[k][k] * pivot;
      if (coupling[k] * coupling[k] > bound) {
        coupling[k] = Math.copySign(Math.sqrt(bound), coupling[k]);
      }
    }
    for (int i = given + 1; i < size; i++) {
      double[] source = matrix[i];
      double[] row = target[i];
      double weighted = weight * coupling[i];
      double diagonal = source[i];
      for (int k = i + 1; k < size; k++) {
        row[k] = (source[k] + (source[k] * e - weighted * coupling[k])) * inverse;
      }
      double bound = diagonal * e;
      row[i] = (diagonal + (bound - Math.min(bound, weighted * coupling[i]))) * inverse;
    }
  }

  /**
   * Gives one row after the other. Leaves on the diagonal what is left of each entry once the rows
   * before it are given. O(n^3 / 6).
   */
  public static void eliminate(double[][] matrix) {
    for (int given = 0; given < matrix.length; given++) {
      Interruption.check();
      condition(matrix, matrix, given, 1);
    }
  }

  /**
   * The complement of some rows once others are given, as a matrix of its own, in the order of
   * {@code rest}. O(n^3).
   *
   * @param matrix A; left as it is
   */
  public static double[][] of(double[][] matrix, int[] given, int[] rest) {
    int size = given.length + rest.length;
    double[][] ordered = new double[size][size];
    for (int i = 0; i < size; i++) {
      int row = i < given.length ? given[i] : rest[i - given.length];
      for (int k = i; k < size; k++) {
        int column = k < given.length ? given[k] : rest[k - given.length];
        ordered[i][k] = matrix[Math.min(row, column)][Math.max(row, column)];
      }
    }
    for (int i = 0; i < given.length; i++) {
      Interruption.check();
      condition(ordered, ordered, i, 1);
    }
    double[][] complement = new double[rest.length][rest.length];
    for (int i = 0; i < rest.length; i++) {
      System.arraycopy(
          ordered[given.length + i], given.length + i, complement[i], i, rest.length - i);
    }
    return complement;
  }
}
