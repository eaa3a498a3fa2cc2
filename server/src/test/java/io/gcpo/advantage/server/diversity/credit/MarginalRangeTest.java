// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

final class MarginalRangeTest {
  private static final SymmetricMatrix MATRIX = SymmetricMatrix.of(2, (i, j) -> i == j ? 2 : 1);

  @Test
  void ofLogDet_endsAreTheLastAndTheFirstMarginal() {
    MarginalRange range = MarginalRange.ofLogDet(MATRIX);
    double[] clamped = range.clamp(new double[] {-1, 9});
    assertThat(clamped[0]).isCloseTo(Math.log(8 / 3.0), within(1e-15));
    assertThat(clamped[1]).isCloseTo(Math.log(3), within(1e-15));
    assertThat(range.clamp(new double[] {1, 1.05})).containsExactly(1, 1.05);
  }

  @Test
  void ofDet_endsArePartsOfTheDeterminant() {
    MarginalRange range = MarginalRange.ofDet(MATRIX, 7);
    double[] clamped = range.clamp(new double[] {-1, 9});
    assertThat(clamped[0]).isCloseTo(2 / 8.0, within(1e-15));
    assertThat(clamped[1]).isCloseTo(5 / 8.0, within(1e-15));
  }

  @Test
  void clampToSum_valuesOutside_endInsideWithTheSum() {
    MarginalRange range = MarginalRange.ofLogDet(MATRIX);
    double least = Math.log(8 / 3.0);
    double[] values = range.clampToSum(new double[] {0.9, 1.15}, 2.05);
    assertThat(values[0] + values[1]).isCloseTo(2.05, within(1e-15));
    assertThat(values[0]).isBetween(least, values[1]);
    assertThat(values[1]).isBetween(values[0], Math.log(3));
  }

  @Test
  void clampToSum_valuesInside_stay() {
    double[] values = MarginalRange.ofLogDet(MATRIX).clampToSum(new double[] {1, 1.05}, 2.05);
    assertThat(values[0]).isCloseTo(1, within(1e-15));
    assertThat(values[1]).isCloseTo(1.05, within(1e-15));
  }

  @Test
  void scaledToSum_nothing_staysNothing() {
    assertThat(MarginalRange.scaledToSum(new double[] {0, 0}, 3)).containsExactly(0, 0);
  }
}
