// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

final class PlayerTypesTest {

  @Test
  void of_copies_areMergedAndOrderedByMultiplicity() {
    int[] labels = {0, 1, 0, 2, 1, 0, 3};
    PlayerTypes types =
        PlayerTypes.of(SymmetricMatrix.of(7, (i, j) -> entry(labels[i], labels[j])));
    assertThat(types.players()).isEqualTo(7);
    assertThat(types.count()).isEqualTo(4);
    assertThat(types.sets()).isEqualTo(2 * 2 * 3 * 4);
    int[] expectedTypes = {3, 2, 3, 0, 2, 3, 1};
    int[] multiplicities = {1, 1, 2, 3};
    for (int i = 0; i < 7; i++) {
      assertThat(types.typeOf(i)).isEqualTo(expectedTypes[i]);
      assertThat(types.multiplicity(types.typeOf(i))).isEqualTo(multiplicities[expectedTypes[i]]);
    }
    int[] order = {2, 3, 1, 0};
    assertThat(types.matrix())
        .isEqualTo(SymmetricMatrix.of(4, (i, j) -> entry(order[i], order[j])));
  }

  @Test
  void of_interchangeableButDifferent_areNotMerged() {
    PlayerTypes types = PlayerTypes.of(SymmetricMatrix.of(5, (i, j) -> i == j ? 1 : 0.5));
    assertThat(types.count()).isEqualTo(5);
    assertThat(types.sets()).isEqualTo(32);
  }

  @Test
  void of_copiesUpToRounding_areNotMerged() {
    PlayerTypes types =
        PlayerTypes.of(SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : Math.nextDown(1.0)));
    assertThat(types.count()).isEqualTo(2);
  }

  private static double entry(int a, int b) {
    return a == b ? 2 : 0.1 * (a + b);
  }
}
