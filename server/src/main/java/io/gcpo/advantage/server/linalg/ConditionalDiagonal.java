// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * For each row of a positive semi-definite A, what is left of its diagonal entry once all other
 * rows are given: 1 / [(I + A)^-1]_ii - 1, without the cancellation of that formula.
 */
public final class ConditionalDiagonal {
  /*
   * Divide and conquer: one half of the rows given, the other half is a problem of half the size.
   * Elimination steps are all there is to it, so entries of any magnitude keep the relative
   * precision that elimination gives them, where an inverse would round a small entry to 0. All n
   * entries take 0.4 n^3 steps, n eliminations would take n^4 / 6.
   */
  private ConditionalDiagonal() {}

  /**
   * O(n^3).
   *
   * @param matrix the rows of A [n, n], the caller's own: the upper triangle is read and
   *     overwritten
   * @return [n], >= 0
   */
  public static double[] of(double[][] matrix) {
    double[] values = new double[matrix.length];
    visit(matrix, 0, values, 0, 1);
    return values;
  }

  /**
   * Solves the block of the rows behind {@code from}, given all rows outside of it.
   *
   * @param first where the value of row {@code from} goes, the others {@code step} apart behind it
   */
  private static void visit(double[][] matrix, int from, double[] values, int first, int step) {
    int size = matrix.length - from;
    if (size == 0) {
      return;
    }
    if (size == 1) {
      values[first] = matrix[from][from];
      return;
    }
    if (size == 2) {
      double upper = matrix[from][from];
      double lower = matrix[from + 1][from + 1];
      double coupling = matrix[from][from + 1];
      double unshared = upper * lower - Math.min(upper * lower, coupling * coupling);
      values[first] = (upper + unshared) / (1 + lower);
      values[first + step] = (lower + unshared) / (1 + upper);
      return;
    }
    int half = size / 2;
    int last = first + step * (size - 1);
    double[][] backwards = backwards(matrix, from);
    visit(given(matrix, from, half), from + half, values, first + step * half, step);
    visit(
        given(backwards, 0, size - half), size - half, values, last - step * (size - half), -step);
  }

  /** The matrix with some rows given: those behind are what is left of them. */
  private static double[][] given(double[][] matrix, int from, int count) {
    for (int row = from; row < from + count; row++) {
      Interruption.check();
      SchurComplement.condition(matrix, matrix, row, 1);
    }
    return matrix;
  }

  /** The block of the rows behind {@code from} in reverse order, as a matrix of its own. */
  private static double[][] backwards(double[][] matrix, int from) {
    int size = matrix.length - from;
    int end = matrix.length - 1;
    double[][] backwards = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int k = i; k < size; k++) {
        backwards[i][k] = matrix[end - k][end - i];
      }
    }
    return backwards;
  }
}
