// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import java.math.BigDecimal;
import java.math.MathContext;

/** Logarithms to 60 digits, to hold doubles to. */
public final class DecimalLogarithm {
  private static final MathContext CONTEXT = new MathContext(80);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal LOG_2 = series(TWO);

  private DecimalLogarithm() {}

  /** log x for x > 0: with x = 2^k m and m near 1, k log 2 + log m. */
  public static BigDecimal of(BigDecimal x) {
    int k = Math.getExponent(x.doubleValue());
    BigDecimal m = k < 0 ? x.multiply(TWO.pow(-k)) : x.divide(TWO.pow(k), CONTEXT);
    if (m.doubleValue() > 1.5) {
      k++;
      m = m.divide(TWO, CONTEXT);
    }
    return LOG_2.multiply(BigDecimal.valueOf(k)).add(series(m));
  }

  /** 2 artanh((x - 1)/(x + 1)). */
  private static BigDecimal series(BigDecimal x) {
    BigDecimal ratio = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), CONTEXT);
    BigDecimal square = ratio.multiply(ratio, CONTEXT);
    BigDecimal power = ratio;
    BigDecimal sum = BigDecimal.ZERO;
    for (int odd = 1; power.abs().doubleValue() > 1e-70; odd += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(odd), CONTEXT), CONTEXT);
      power = power.multiply(square, CONTEXT);
    }
    return sum.add(sum);
  }
}
