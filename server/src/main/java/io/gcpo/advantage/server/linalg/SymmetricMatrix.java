// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import java.util.Arrays;

/** An immutable symmetric [n, n] matrix of finite doubles; n may be 0. */
public final class SymmetricMatrix {

  /** The entries of a symmetric matrix. */
  @FunctionalInterface
  public interface Entry {
    /** The entry at [row, column], asked for {@code row >= column} only. */
    double at(int row, int column);
  }

  private final int size;
  private final double[] values;

  private SymmetricMatrix(int size, double[] values) {
    this.size = size;
    this.values = values;
  }

  /**
   * Evaluates the lower triangle row by row and mirrors it.
   *
   * @param size n >= 0
   * @throws IllegalArgumentException if an entry is not finite
   */
  public static SymmetricMatrix of(int size, Entry entry) {
    double[] values = new double[Math.multiplyExact(size, size)];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column <= row; column++) {
        // Each entry: one of a kernel may compare two long texts.
        Interruption.check();
        double value = entry.at(row, column);
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "values[" + row + "][" + column + "]: " + value + " (expected: finite)");
        }
        values[row * size + column] = value;
        values[column * size + row] = value;
      }
    }
    return new SymmetricMatrix(size, values);
  }

  /** n. */
  public int size() {
    return size;
  }

  /** The entry at [row, column]. */
  public double get(int row, int column) {
    return values[row * size + column];
  }

  /** The rows and columns at {@code indices}, in that order. */
  public SymmetricMatrix principal(int... indices) {
    return of(indices.length, (row, column) -> get(indices[row], indices[column]));
  }

  /** A copy of all rows [n][n], for an algorithm to work in. */
  public double[][] toRows() {
    double[][] rows = new double[size][];
    for (int row = 0; row < size; row++) {
      rows[row] = Arrays.copyOfRange(values, row * size, (row + 1) * size);
    }
    return rows;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SymmetricMatrix that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < size; row++) {
      text.append(Arrays.toString(Arrays.copyOfRange(values, row * size, (row + 1) * size)));
    }
    return text.toString();
  }
}
