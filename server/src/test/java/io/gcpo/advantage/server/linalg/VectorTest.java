// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class VectorTest {

  @Test
  void standardDeviation_largeOffset_isTwoPass() {
    Vector vector = Vector.of(1e6, 1e6 + 1, 1e6, 1e6 + 1);
    assertThat(vector.mean()).isEqualTo(1e6 + 0.5);
    assertThat(vector.standardDeviation()).isCloseTo(Math.sqrt(1.0 / 3), within(1e-12));
  }

  @Test
  void statistics_emptyAndSingle_areDefined() {
    Vector empty = Vector.of();
    assertThat(empty.mean()).isZero();
    assertThat(empty.sum()).isZero();
    assertThat(empty.min()).isZero();
    assertThat(empty.max()).isZero();
    assertThat(empty.standardDeviation()).isZero();
    assertThat(Vector.of(-3).standardDeviation()).isZero();
    assertThat(Vector.of(-3).min()).isEqualTo(-3);
    assertThat(Vector.of(-3).max()).isEqualTo(-3);
    assertThat(Vector.of(-3, -5).max()).isEqualTo(-3);
    assertThat(Vector.of(3, 5).min()).isEqualTo(3);
  }

  @Test
  void of_array_isCopied() {
    double[] values = {1, 2};
    Vector vector = Vector.of(values);
    values[0] = 9;
    assertThat(vector).isEqualTo(Vector.of(1, 2)).hasSameHashCodeAs(Vector.of(1, 2));
    assertThat(vector).isNotEqualTo(Vector.of(9, 2)).hasToString("[1.0, 2.0]");
  }

  @Test
  void of_nonFinite_isRefused() {
    assertThatThrownBy(() -> Vector.of(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values[1]: NaN (expected: finite)");
    assertThatThrownBy(() -> Vector.of(2, i -> 1.0 / i))
        .hasMessage("values[0]: Infinity (expected: finite)");
  }

  @Test
  void standardDeviation_hugeOrTinyValues_neitherOverflowsNorVanishes() {
    for (double size : new double[] {1e300, 1, 1e-300}) {
      assertThat(Vector.of(size, -size).standardDeviation())
          .isCloseTo(Math.sqrt(2) * size, within(1e-15 * size));
    }
    assertThat(Vector.of(5, 5).standardDeviation()).isZero();
  }
}
