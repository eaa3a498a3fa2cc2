// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import org.junit.jupiter.api.Test;

final class CoverageGameTest {
  private static final SymmetricMatrix KERNEL =
      SymmetricMatrix.of(4, (i, j) -> i == 1 || j == 1 ? 0 : i == j ? 1 : 0.5);

  @Test
  void of_nullPlayers_areLeftOut() {
    CoverageGame game = CoverageGame.of(KERNEL, Vector.of(4, 1, -1, 9), 0.5, 2);
    assertThat(game.size()).isEqualTo(4);
    assertThat(game.activePlayers()).as("no zero vector, no negative reward").isEqualTo(2);
    assertThat(game.matrix())
        .isEqualTo(SymmetricMatrix.of(2, (i, j) -> i != j ? 6 : i == 0 ? 8 : 18));
  }

  @Test
  void value_sets_areVolumes() {
    CoverageGame game = CoverageGame.of(KERNEL, Vector.of(4, 1, -1, 9), 0.5, 2);
    assertThat(Games.value(game, Volume.LOGDET)).isZero();
    assertThat(Games.value(game, Volume.LOGDET, 1)).isCloseTo(Math.log(19), within(1e-15));
    assertThat(Games.value(game, Volume.LOGDET, 0, 1))
        .isCloseTo(Math.log(9 * 19 - 36), within(1e-14));
    assertThat(Games.value(game, Volume.DET)).isZero();
    assertThat(Games.value(game, Volume.DET, 1)).isEqualTo(18);
    assertThat(game.teamValue(Volume.DET)).isCloseTo(9 * 19 - 36 - 1, within(1e-13));
  }

  @Test
  void of_rewardExponent_weighsBothSides() {
    CoverageGame game = CoverageGame.of(KERNEL, Vector.of(2, 0, 3, 0), 2, 1);
    assertThat(game.matrix().get(0, 0)).isEqualTo(16);
    assertThat(game.matrix().get(1, 1)).isEqualTo(81);
    assertThat(game.matrix().get(0, 1)).isEqualTo(18);
  }

  @Test
  void of_vanishingWeight_isANullPlayer() {
    CoverageGame game = CoverageGame.of(KERNEL, Vector.of(1e-300, 0, 1, 0), 4, 1);
    assertThat(game.activePlayers()).isEqualTo(1);
  }

  @Test
  void of_sizesDiffer_isRefused() {
    assertThatThrownBy(() -> CoverageGame.of(KERNEL, Vector.of(1), 0.5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("similarity: 4 rows (expected: 1)");
  }
}
