// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DeterminantTest {

  @Test
  void ofIdentityPlusLessOne_randomGram_isTheExponentialOfItsLogarithm() {
    for (int seed = 0; seed < 100; seed++) {
      SymmetricMatrix gram = RandomMatrices.gram(1 + seed % 9, 4, seed);
      double expected = Math.expm1(LogDeterminant.ofIdentityPlus(gram));
      assertThat(Determinant.ofIdentityPlusLessOne(gram))
          .as("seed %d", seed)
          .isCloseTo(expected, within(1e-13 * expected));
    }
  }

  @Test
  void ofIdentityPlusLessOne_knownMatrices_isExact() {
    SymmetricMatrix matrix = SymmetricMatrix.of(2, (i, j) -> i == j ? 2 : 1);
    assertThat(Determinant.ofIdentityPlusLessOne(matrix)).isCloseTo(7, within(1e-14));
    assertThat(Determinant.ofIdentityPlusLessOne(matrix.principal())).isZero();
  }

  @Test
  void ofIdentityPlusLessOne_tinyMatrix_keepsRelativePrecision() {
    SymmetricMatrix tiny = SymmetricMatrix.of(3, (i, j) -> i == j ? 1e-25 : 0.5e-25);
    assertThat(Determinant.ofIdentityPlusLessOne(tiny)).isCloseTo(3e-25, within(1e-39));
  }

  @Test
  void ofIdentityPlusLessOne_tooLarge_isInfinite() {
    SymmetricMatrix diagonal = SymmetricMatrix.of(4, (i, j) -> i == j ? 1e100 : 0);
    assertThat(Determinant.ofIdentityPlusLessOne(diagonal)).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
