// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

final class InterchangeableTest {

  @Test
  void average_playersThatCanBeExchanged_getTheirMean() {
    double[][] rows = {{2, 0, 1, 1}, {0, 1, 0, 0}, {1, 0, 2, 1}, {1, 0, 1, 2}};
    SymmetricMatrix matrix = SymmetricMatrix.of(4, (i, j) -> rows[i][j]);
    assertThat(Interchangeable.of(matrix).average(new double[] {1, 7, 2, 6}))
        .containsExactly(3, 7, 3, 3);
  }

  @Test
  void average_playersThatDifferAnywhere_keepTheirValues() {
    double[] values = {1, 2, 4};
    SymmetricMatrix diagonal = SymmetricMatrix.of(3, (i, j) -> i == j ? 1 + i : 0.5);
    assertThat(Interchangeable.of(diagonal).average(values)).containsExactly(values);
    SymmetricMatrix chain = SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.1 * (i + 2 * j));
    assertThat(Interchangeable.of(chain).average(values)).containsExactly(values);
  }
}
