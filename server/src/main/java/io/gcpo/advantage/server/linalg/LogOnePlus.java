// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * The logarithm log(1 + x) for x >= 0, within 0.65 units in the last place, in plain double
 * arithmetic: the same bits on every machine. StrictMath.log1p promises that too, at twice the
 * time; a walk over subsets does little else.
 */
public final class LogOnePlus {
  /*
   * With 1 + x = 2^k m, m in [1, 2), and r ~ 1/m from a table of 128 cells, f = m r - 1 is at most
   * 2^-7 in magnitude and
   *
   *   log(1 + x) = k log 2 + log(1/r) + log(1 + f)
   *
   * where a Taylor polynomial is enough for the last term. What makes the result good to the last
   * bit:
   *
   * - 1 + x is rounded; c, the exact error of that sum, is added to f.
   * - r has 10 bits and m is cut in two halves, so that m r - 1 is exact before c comes in.
   * - r = 1 in the first cell: small x pass through f alone and keep their relative precision.
   * - The constants are split into a part of 42 fractional bits, whose sums are exact, and a rest.
   */
  private static final int CELL_BITS = 7;
  private static final int CELLS = 1 << CELL_BITS;
  private static final int MANTISSA_BITS = 52;
  private static final long EXPONENT_MASK = 0x7ff0_0000_0000_0000L;
  private static final long ONE = Double.doubleToRawLongBits(1.0);
  private static final long RECIPROCAL = 2 * ONE;
  private static final long UPPER_HALF = -1L << 27;
  private static final int RECIPROCAL_SCALE = 512;

  private static final double[] R = new double[CELLS];
  private static final double[] LOG = new double[CELLS];
  private static final double[] LOG_REST = new double[CELLS];
  private static final double LOG_2;
  private static final double LOG_2_REST;

  static {
    // log(512/j), from log(512/512) = 0 down, as the sum of a double and a small rest.
    double[] log = new double[RECIPROCAL_SCALE + 1];
    double[] rest = new double[RECIPROCAL_SCALE + 1];
    for (int j = RECIPROCAL_SCALE; j > RECIPROCAL_SCALE / 2; j--) {
      // log(j/(j-1)) = 2 artanh(1/(2j-1)); the remainder of the division is exact.
      int divisor = 2 * j - 1;
      double x = 1.0 / divisor;
      double upper = upperHalf(x);
      double remainder = (1 - upper * divisor) - (x - upper) * divisor;
      double beyond = x * x * x * (1 / 3.0 + x * x * (1 / 5.0 + x * x / 7));
      log[j - 1] = log[j] + 2 * x;
      double error = j == RECIPROCAL_SCALE ? 0 : 2 * x - (log[j - 1] - log[j]);
      rest[j - 1] = rest[j] + (error + 2 * (remainder / divisor + beyond));
    }
    for (int cell = 0; cell < CELLS; cell++) {
      double centre = 1 + (cell + 0.5) / CELLS;
      int j = cell == 0 ? RECIPROCAL_SCALE : (int) Math.rint(RECIPROCAL_SCALE / centre);
      R[cell] = (double) j / RECIPROCAL_SCALE;
      LOG[cell] = leadingPart(log[j]);
      LOG_REST[cell] = (log[j] - LOG[cell]) + rest[j];
    }
    LOG_2 = leadingPart(log[RECIPROCAL_SCALE / 2]);
    LOG_2_REST = (log[RECIPROCAL_SCALE / 2] - LOG_2) + rest[RECIPROCAL_SCALE / 2];
  }

  private LogOnePlus() {}

  /**
   * log(1 + x).
   *
   * @param x finite, >= 0
   */
  public static double of(double x) {
    double u = 1 + x;
    double c = x < 1 ? x - (u - 1) : 1 - (u - x);
    long bits = Double.doubleToRawLongBits(u);
    long exponent = bits & EXPONENT_MASK;
    int cell = (int) (bits >>> (MANTISSA_BITS - CELL_BITS)) & (CELLS - 1);
    double k = (int) ((exponent - ONE) >> MANTISSA_BITS);
    double m = Double.longBitsToDouble(bits - exponent + ONE);
    double cOverTwoToK = c * Double.longBitsToDouble(RECIPROCAL - exponent);
    double upper = upperHalf(m);
    double r = R[cell];
    double f = (upper * r - 1) + ((m - upper) + cOverTwoToK) * r;
    double square = f * f;
    double beyondSquare =
        (1 / 3.0 * f - 1 / 4.0 * square)
            + square * (1 / 5.0 * f - 1 / 6.0 * square + square * (1 / 7.0 * f - 1 / 8.0 * square));
    double constants = k * LOG_2 + LOG[cell];
    double sum = constants + f;
    double error = (constants - sum) + f;
    return sum + (error + ((k * LOG_2_REST + LOG_REST[cell]) + square * (beyondSquare - 0.5)));
  }

  /** The value to 26 bits, so that its product with as many is exact. */
  private static double upperHalf(double value) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) & UPPER_HALF);
  }

  private static double leadingPart(double value) {
    return Math.rint(value * 0x1p42) * 0x1p-42;
  }
}
