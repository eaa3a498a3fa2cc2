// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogDeterminantTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 64})
  void ofIdentityPlus_randomGram_equalsEigenvalueSum(int size) {
    SymmetricMatrix gram = RandomMatrices.gram(size, size / 2 + 1, size);
    double expected = 0;
    Vector eigenvalues = SymmetricEigen.valuesOf(gram);
    for (int k = 0; k < size; k++) {
      expected += Math.log1p(Math.max(0, eigenvalues.get(k)));
    }
    assertThat(LogDeterminant.ofIdentityPlus(gram)).isCloseTo(expected, within(1e-10));
  }

  @Test
  void ofIdentityPlus_knownMatrix_isExact() {
    SymmetricMatrix matrix = SymmetricMatrix.of(2, (i, j) -> i == j ? 2 : 1);
    assertThat(LogDeterminant.ofIdentityPlus(matrix)).isCloseTo(Math.log(8), within(1e-15));
    assertThat(LogDeterminant.ofIdentityPlus(matrix.principal())).isZero();
  }

  @Test
  void ofIdentityPlus_tinyMatrix_keepsRelativePrecision() {
    SymmetricMatrix tiny = SymmetricMatrix.of(3, (i, j) -> i == j ? 1e-25 : 0.5e-25);
    assertThat(LogDeterminant.ofIdentityPlus(tiny)).isCloseTo(3e-25, within(1e-39));
  }

  @Test
  void ofIdentityPlus_hugeDuplicates_staysFinite() {
    SymmetricMatrix huge = SymmetricMatrix.of(8, (i, j) -> 1e54);
    assertThat(LogDeterminant.ofIdentityPlus(huge)).isFinite().isPositive();
  }
}
