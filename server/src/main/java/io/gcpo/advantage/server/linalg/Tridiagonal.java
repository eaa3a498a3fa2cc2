// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import java.util.Arrays;

/**
 * A symmetric tridiagonal matrix T with the orthogonal Q of A = Q T Q'. Its arrays are handed over
 * to the iteration that diagonalises T in place; confined to the thread of one decomposition.
 */
final class Tridiagonal {
  /** A squared length that is as good as 0 beside entries of magnitude 1, and has a reciprocal. */
  private static final double NEGLIGIBLE = 0x1p-900;

  private final double[] diagonal;
  private final double[] offDiagonal;
  private final double[][] transposedBasis;

  private Tridiagonal(double[] diagonal, double[] offDiagonal, double[][] transposedBasis) {
    this.diagonal = diagonal;
    this.offDiagonal = offDiagonal;
    this.transposedBasis = transposedBasis;
  }

  /**
   * Householder's reduction: reflection k makes column k zero below its first subdiagonal entry.
   *
   * @param a the rows of A, symmetric, of largest entry about 1; overwritten
   */
  static Tridiagonal reduce(double[][] a, boolean withBasis) {
    int size = a.length;
    double[] diagonal = new double[size];
    double[] offDiagonal = new double[size];
    double[][] basis = withBasis ? identity(size) : new double[0][];
    double[] v = new double[size];
    double[] w = new double[size];
    for (int k = 0; k < size; k++) {
      Interruption.check();
      diagonal[k] = a[k][k];
      if (k + 1 == size) {
        break;
      }
      double tail = 0;
      for (int i = k + 2; i < size; i++) {
        tail += a[i][k] * a[i][k];
      }
      double head = a[k + 1][k];
      if (tail <= NEGLIGIBLE) {
        offDiagonal[k] = head;
        continue;
      }
      // v = x + sign(x_0) |x| e_0 reflects x onto -sign(x_0) |x| e_0 without cancellation.
      double norm = Math.sqrt(head * head + tail);
      offDiagonal[k] = head >= 0 ? -norm : norm;
      for (int i = k + 1; i < size; i++) {
        v[i] = a[i][k];
      }
      v[k + 1] -= offDiagonal[k];
      double beta = 2 / (v[k + 1] * v[k + 1] + tail);
      reflectBothSides(a, k + 1, v, w, beta);
      if (withBasis) {
        reflectRows(basis, k + 1, v, w, beta);
      }
    }
    return new Tridiagonal(diagonal, offDiagonal, basis);
  }

  /** [n]. */
  double[] diagonal() {
    return diagonal;
  }

  /** [n]; entry k couples k and k + 1, the last one is 0. */
  double[] offDiagonal() {
    return offDiagonal;
  }

  /** The rows of Q'; none where vectors are not wanted. */
  double[][] transposedBasis() {
    return transposedBasis;
  }

  /** A := H A H with H = I - beta v v', on the rows and columns from {@code first}. */
  private static void reflectBothSides(
      double[][] a, int first, double[] v, double[] w, double beta) {
    int size = a.length;
    double product = 0;
    for (int i = first; i < size; i++) {
      double[] row = a[i];
      double sum = 0;
      for (int j = first; j < size; j++) {
        sum += row[j] * v[j];
      }
      w[i] = beta * sum;
      product += w[i] * v[i];
    }
    double half = beta * product / 2;
    for (int i = first; i < size; i++) {
      w[i] -= half * v[i];
    }
    for (int i = first; i < size; i++) {
      double[] row = a[i];
      double vi = v[i];
      double wi = w[i];
      for (int j = first; j < size; j++) {
        row[j] -= vi * w[j] + wi * v[j];
      }
    }
  }

  /** Q' := H Q' with H = I - beta v v'. */
  private static void reflectRows(
      double[][] basis, int first, double[] v, double[] w, double beta) {
    int size = basis.length;
    Arrays.fill(w, 0);
    for (int i = first; i < size; i++) {
      double[] row = basis[i];
      double vi = v[i];
      for (int j = 0; j < size; j++) {
        w[j] += vi * row[j];
      }
    }
    for (int i = first; i < size; i++) {
      double[] row = basis[i];
      double factor = beta * v[i];
      for (int j = 0; j < size; j++) {
        row[j] -= factor * w[j];
      }
    }
  }

  private static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }
}
