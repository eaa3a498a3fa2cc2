// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.testing.DecimalLogarithm;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogOnePlusTest {
  @Test
  void of_randomArguments_isWithinItsErrorBound() {
    Random random = new Random(7);
    for (int i = 0; i < 8000; i++) {
      int spread = i % 3 == 0 ? 5 : i % 3 == 1 ? 20 : 60;
      double x = Math.exp(spread * (2 * random.nextDouble() - 1));
      BigDecimal exact = DecimalLogarithm.of(BigDecimal.ONE.add(new BigDecimal(x)));
      double error = new BigDecimal(LogOnePlus.of(x)).subtract(exact).abs().doubleValue();
      assertThat(error / Math.ulp(exact.doubleValue())).as("x = %s", x).isLessThan(0.65);
    }
  }

  @Test
  void of_manyArguments_isBesideStrictMath() {
    Random random = new Random(8);
    for (int i = 0; i < 1_000_000; i++) {
      double x = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
      if (Double.isFinite(x)) {
        double expected = StrictMath.log1p(x);
        assertThat(Math.abs(LogOnePlus.of(x) - expected))
            .as("x = %s", x)
            .isLessThanOrEqualTo(2 * Math.ulp(expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, Double.MIN_VALUE, 1e-310, 1e-300, 1e-30, 1e-17})
  void of_tinyArguments_areReturned(double x) {
    assertThat(LogOnePlus.of(x)).isEqualTo(x);
  }

  @Test
  void of_edges_areRight() {
    assertThat(LogOnePlus.of(1)).isEqualTo(StrictMath.log(2));
    assertThat(LogOnePlus.of(Math.nextDown(1.0))).isEqualTo(StrictMath.log1p(Math.nextDown(1.0)));
    assertThat(LogOnePlus.of(Double.MAX_VALUE)).isEqualTo(StrictMath.log(Double.MAX_VALUE));
    assertThat(LogOnePlus.of(0x1p53)).isEqualTo(StrictMath.log1p(0x1p53));
  }

  @Test
  void of_growingArguments_doesNotFall() {
    double before = 0;
    for (double x = 1e-3; x < 1e6; x *= 1 + 1e-5) {
      double logarithm = LogOnePlus.of(x);
      assertThat(logarithm).as("x = %s", x).isGreaterThanOrEqualTo(before);
      before = logarithm;
    }
  }
}
