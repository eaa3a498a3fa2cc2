// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import java.util.List;

/** An immutable [rows, columns] matrix of finite float32 values, row-major. */
public final class FloatMatrix {

  /** Where the values of a matrix come from. */
  @FunctionalInterface
  public interface RowFiller {
    /**
     * Writes row {@code row} to {@code target[offset]} and behind.
     *
     * @param target the matrix's own array, handed out so that filling makes no garbage; not to be
     *     kept after the call
     */
    void fill(int row, float[] target, int offset);
  }

  private final int rows;
  private final int columns;
  private final float[] values;

  private FloatMatrix(int rows, int columns, float[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Lets {@code filler} write each row, in ascending order.
   *
   * @param rows >= 0
   * @param columns >= 1
   * @throws IllegalArgumentException if a size is out of range or a value is not finite
   */
  public static FloatMatrix fill(int rows, int columns, RowFiller filler) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows: " + rows + " (expected: >= 0)");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("columns: " + columns + " (expected: >= 1)");
    }
    float[] values = new float[Math.multiplyExact(rows, columns)];
    for (int row = 0; row < rows; row++) {
      filler.fill(row, values, row * columns);
    }
    for (int k = 0; k < values.length; k++) {
      if (!Float.isFinite(values[k])) {
        throw new IllegalArgumentException(
            "values["
                + k / columns
                + "]["
                + k % columns
                + "]: "
                + values[k]
                + " (expected: finite)");
      }
    }
    return new FloatMatrix(rows, columns, values);
  }

  /** Copies at least one row, all of one length. */
  public static FloatMatrix ofRows(List<float[]> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("rows: 0 (expected: >= 1)");
    }
    int columns = rows.get(0).length;
    return fill(
        rows.size(),
        columns,
        (row, target, offset) -> {
          float[] source = rows.get(row);
          if (source.length != columns) {
            throw new IllegalArgumentException(
                "rows[" + row + "]: " + source.length + " values (expected: " + columns + ")");
          }
          System.arraycopy(source, 0, target, offset, columns);
        });
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** The value at [row, column]. */
  public float get(int row, int column) {
    return values[row * columns + column];
  }

  /**
   * The inner product of two rows, accumulated in double precision. Its bits depend on the two rows
   * alone, not on their order or on the rest of the matrix; it neither overflows nor underflows.
   */
  public double dot(int row, int other) {
    int a = row * columns;
    int b = other * columns;
    // Four sums, so that an addition need not wait for the one before it; their order is fixed.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int k = 0;
    for (; k + 3 < columns; k += 4) {
      sum0 += (double) values[a + k] * values[b + k];
      sum1 += (double) values[a + k + 1] * values[b + k + 1];
      sum2 += (double) values[a + k + 2] * values[b + k + 2];
      sum3 += (double) values[a + k + 3] * values[b + k + 3];
    }
    for (; k < columns; k++) {
      sum0 += (double) values[a + k] * values[b + k];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
