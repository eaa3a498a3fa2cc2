// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * The eigenvalues and orthonormal eigenvectors of a symmetric matrix.
 *
 * <p>The error of an eigenvalue is a small multiple of n * 2^-53 times the largest eigenvalue in
 * magnitude. O(n^3).
 */
public final class SymmetricEigen {
  private final Vector values;
  private final double[][] vectors;

  private SymmetricEigen(Vector values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** Decomposes [n, n], vectors included. */
  public static SymmetricEigen of(SymmetricMatrix matrix) {
    EigenIteration iteration = iterate(matrix, true);
    int size = matrix.size();
    int[] order = iteration.ascendingOrder();
    double[][] vectors = new double[size][];
    for (int k = 0; k < size; k++) {
      vectors[k] = iteration.vectors()[order[k]];
    }
    return new SymmetricEigen(ascending(matrix, iteration, order), vectors);
  }

  /** The eigenvalues [n] alone, ascending; several times cheaper than {@link #of}. */
  public static Vector valuesOf(SymmetricMatrix matrix) {
    EigenIteration iteration = iterate(matrix, false);
    return ascending(matrix, iteration, iteration.ascendingOrder());
  }

  /** [n], ascending. */
  public Vector values() {
    return values;
  }

  /** Component {@code row} of the unit eigenvector that belongs to the {@code k}-th value. */
  public double component(int row, int k) {
    return vectors[k][row];
  }

  /** A copy of the unit eigenvector [n] that belongs to the {@code k}-th value. */
  public double[] vector(int k) {
    return vectors[k].clone();
  }

  private static EigenIteration iterate(SymmetricMatrix matrix, boolean withVectors) {
    double[][] scaled = matrix.toRows();
    int exponent = exponentOf(matrix);
    for (double[] row : scaled) {
      for (int k = 0; k < row.length; k++) {
        row[k] = Math.scalb(row[k], -exponent);
      }
    }
    Tridiagonal tridiagonal = Tridiagonal.reduce(scaled, withVectors);
    EigenIteration iteration = new EigenIteration(tridiagonal);
    iteration.run();
    return iteration;
  }

  private static Vector ascending(SymmetricMatrix matrix, EigenIteration iteration, int[] order) {
    int exponent = exponentOf(matrix);
    return Vector.of(matrix.size(), k -> Math.scalb(iteration.diagonal()[order[k]], exponent));
  }

  /** The power of two that brings the largest entry into [1, 2): exact, and nothing overflows. */
  private static int exponentOf(SymmetricMatrix matrix) {
    double largest = 0;
    for (int row = 0; row < matrix.size(); row++) {
      for (int column = 0; column <= row; column++) {
        largest = Math.max(largest, Math.abs(matrix.get(row, column)));
      }
    }
    return largest == 0 ? 0 : Math.getExponent(largest);
  }
}
