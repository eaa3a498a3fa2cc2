// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

final class SpectrumTest {

  @Test
  void of_pair_hasTheTwoShares() {
    Spectrum spectrum = ofPair(0.5);
    assertThat(spectrum.count()).isEqualTo(2);
    assertThat(spectrum.shares().size()).isEqualTo(2);
    assertThat(spectrum.shares().get(0)).isCloseTo(0.25, within(1e-15));
    assertThat(spectrum.shares().get(1)).isCloseTo(0.75, within(1e-15));
  }

  @Test
  void of_sharesThatRoundingMayHaveMade_leavesThemOut() {
    assertThat(ofPair(1 - 1e-11).shares().size()).isEqualTo(2);
    assertThat(ofPair(1 - 1e-12).shares().size()).as("a share of 5e-13").isEqualTo(1);
    assertThat(ofPair(1).shares().size()).isEqualTo(1);
  }

  @Test
  void bounded_effectiveNumber_isHeldBetweenOneAndTheCount() {
    assertThat(ofPair(0).bounded(1 - 1e-15)).isEqualTo(1);
    assertThat(ofPair(0).bounded(1.5)).isEqualTo(1.5);
    assertThat(ofPair(0).bounded(2 + 1e-15)).isEqualTo(2);
    assertThat(Spectrum.of(SymmetricMatrix.of(0, (i, j) -> 1)).bounded(1)).isZero();
  }

  private static Spectrum ofPair(double similarity) {
    return Spectrum.of(SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : similarity));
  }
}
