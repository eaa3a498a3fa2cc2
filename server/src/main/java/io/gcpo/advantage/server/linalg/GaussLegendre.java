// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * The quadrature rule of Gauss and Legendre on [0, 1]: with m nodes it integrates polynomials of
 * degree 2 m - 1 exactly. Immutable.
 *
 * @param nodes [m] in (0, 1), descending
 * @param weights [m], all positive; they sum to 1
 */
public record GaussLegendre(Vector nodes, Vector weights) {
  /*
   * The nodes are the roots of the Legendre polynomial P_m on [-1, 1], found by Newton's method in
   * the angle t, x = cos t: close to the ends the roots crowd in x and not in t. With D the
   * derivative of P_m(cos t) by t, the weight of a root is 2 / D^2.
   */
  /** The first guess is good to 2 %, and a step doubles the digits. */
  private static final int NEWTON_STEPS = 5;

  /**
   * The rule of {@code count} nodes, by O(count^2) arithmetic.
   *
   * @param count m >= 1
   */
  public static GaussLegendre of(int count) {
    double[] nodes = new double[count];
    double[] weights = new double[count];
    for (int i = 0; i < (count + 1) / 2; i++) {
      double angle = Math.PI * (i + 0.75) / (count + 0.5);
      LegendreValue value = LegendreValue.at(count, angle);
      for (int step = 0; step < NEWTON_STEPS; step++) {
        angle -= value.value / value.derivative;
        value = LegendreValue.at(count, angle);
      }
      double half = StrictMath.cos(angle / 2);
      double otherHalf = StrictMath.sin(angle / 2);
      nodes[i] = half * half;
      nodes[count - 1 - i] = otherHalf * otherHalf;
      weights[i] = 1 / (value.derivative * value.derivative);
      weights[count - 1 - i] = weights[i];
    }
    return new GaussLegendre(Vector.of(nodes), Vector.of(weights));
  }

  /** P_m(cos t) and its derivative by t. */
  private record LegendreValue(double value, double derivative) {
    static LegendreValue at(int degree, double angle) {
      double x = StrictMath.cos(angle);
      double before = 0;
      double value = 1;
      for (int k = 1; k <= degree; k++) {
        double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      return new LegendreValue(value, degree * (x * value - before) / StrictMath.sin(angle));
    }
  }
}
