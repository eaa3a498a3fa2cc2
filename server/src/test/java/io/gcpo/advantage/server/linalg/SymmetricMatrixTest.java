// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SymmetricMatrixTest {
  private static final SymmetricMatrix MATRIX = SymmetricMatrix.of(3, (i, j) -> 10 * i + j);

  @Test
  void of_lowerTriangle_isMirrored() {
    assertThat(MATRIX.get(2, 1)).isEqualTo(21);
    assertThat(MATRIX.get(1, 2)).isEqualTo(21);
    assertThat(MATRIX).hasToString("[0.0, 10.0, 20.0][10.0, 11.0, 21.0][20.0, 21.0, 22.0]");
  }

  @Test
  void principal_anyIndices_picksRowsAndColumns() {
    double[][] expected = {{22, 20, 22}, {20, 0, 20}, {22, 20, 22}};
    SymmetricMatrix picked = SymmetricMatrix.of(3, (i, j) -> expected[i][j]);
    assertThat(MATRIX.principal(2, 0, 2)).isEqualTo(picked).hasSameHashCodeAs(picked);
    assertThat(MATRIX.principal()).isEqualTo(SymmetricMatrix.of(0, (i, j) -> 1));
  }

  @Test
  void toRows_areCopies() {
    MATRIX.toRows()[0][0] = 99;
    assertThat(MATRIX.toRows()[2]).containsExactly(20, 21, 22);
    assertThat(MATRIX.get(0, 0)).isZero();
  }

  @Test
  void of_nonFinite_isRefused() {
    assertThatThrownBy(() -> SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("values[1][0]: NaN (expected: finite)");
  }
}
