// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * An immutable vector [n] of finite doubles; n may be 0. Sums run from the first value to the last.
 */
public final class Vector {
  private final double[] values;

  private Vector(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "values[" + i + "]: " + values[i] + " (expected: finite)");
      }
    }
    this.values = values;
  }

  /** Copies the values; throws {@link IllegalArgumentException} if one is not finite. */
  public static Vector of(double... values) {
    return new Vector(values.clone());
  }

  /** The values of a function at 0 ... size - 1, evaluated in that order. */
  public static Vector of(int size, IntToDoubleFunction value) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = value.applyAsDouble(i);
    }
    return new Vector(values);
  }

  /** All 0. */
  public static Vector zero(int size) {
    return new Vector(new double[size]);
  }

  /** n. */
  public int size() {
    return values.length;
  }

  /** The value at {@code index}, in [0, n). */
  public double get(int index) {
    return values[index];
  }

  /** The sum; 0 for n = 0. */
  public double sum() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** The arithmetic mean; 0 for n = 0. */
  public double mean() {
    return values.length == 0 ? 0 : sum() / values.length;
  }

  /**
   * The standard deviation of the sample (divisor n - 1), in two passes; 0 for n &lt; 2. Squares
   * neither overflow nor underflow: they are taken in units of a power of two.
   */
  public double standardDeviation() {
    if (values.length < 2) {
      return 0;
    }
    double mean = mean();
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value - mean));
    }
    int exponent = Math.getExponent(largest);
    double squares = 0;
    for (double value : values) {
      double distance = Math.scalb(value - mean, -exponent);
      squares += distance * distance;
    }
    return Math.scalb(Math.sqrt(squares / (values.length - 1)), exponent);
  }

  /** The smallest value; 0 for n = 0. */
  public double min() {
    double min = values.length == 0 ? 0 : values[0];
    for (double value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  /** The largest value; 0 for n = 0. */
  public double max() {
    double max = values.length == 0 ? 0 : values[0];
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The largest value minus the smallest; 0 for n = 0. */
  public double spread() {
    return max() - min();
  }

  /** Whether every value is 0. */
  public boolean isZero() {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
