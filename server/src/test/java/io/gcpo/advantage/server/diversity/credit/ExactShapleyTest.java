// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactShapleyTest {
  private final ExactShapley shapley = new ExactShapley();

  @Test
  void allocate_randomGames_equalsPermutationAverage() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(seed % 10 == 0 ? 6 : 5);
      CoverageGame game = Games.of(group, random.nextAlpha());
      assertSame(game, PlainShapley.overPermutations(game), seed, group);
    }
  }

  @Test
  void allocate_randomGames_equalsSubsetEnumeration() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(seed % 100 == 0 ? 11 : 7);
      CoverageGame game = Games.of(group, random.nextAlpha());
      assertSame(game, PlainShapley.overSubsets(game), seed, group);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 13, 18})
  void allocate_identicalRollouts_shareEqually(int count) {
    for (double alpha : new double[] {1e-3, 1, 30, 1e6}) {
      CoverageGame game =
          CoverageGame.of(
              SymmetricMatrix.of(count, (i, j) -> 1), Vector.of(count, i -> 0.7), 0.5, alpha);
      double share = Math.log1p(count * alpha * 0.7) / count;
      Vector values = shapley.allocate(game).values();
      for (int i = 0; i < count; i++) {
        assertThat(values.get(i)).isEqualTo(values.get(0)).isCloseTo(share, within(1e-12));
      }
    }
  }

  @Test
  void allocate_orthogonalRollouts_earnWhatTheyAreWorthAlone() {
    int count = 9;
    CoverageGame game =
        CoverageGame.of(
            SymmetricMatrix.of(count, (i, j) -> i == j ? 1 : 0),
            Vector.of(count, i -> 0.1 * (i + 1)),
            0.5,
            10);
    Vector values = shapley.allocate(game).values();
    for (int i = 0; i < count; i++) {
      assertThat(values.get(i)).isCloseTo(Math.log1p(i + 1), within(1e-13));
    }
  }

  @Test
  void allocate_tinyRewards_keepRelativePrecision() {
    CoverageGame game =
        CoverageGame.of(
            SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.5), Vector.of(3, i -> 1e-30), 0.5, 1);
    ShapleyValues values = shapley.allocate(game);
    assertThat(values.teamValue()).isCloseTo(3e-30, within(1e-42));
    assertThat(values.values()).isEqualTo(Vector.of(3, i -> values.values().get(0)));
    assertThat(values.values().get(0)).isCloseTo(1e-30, within(1e-42));
  }

  @Test
  void allocate_hugeVolume_staysFinite() {
    for (int seed = 0; seed < 300; seed++) {
      SampleGroup group = new RandomGroups(seed).next(10).withRewards(1e6);
      ShapleyValues values = shapley.allocate(Games.of(group, 4, 1e6));
      assertThat(values.teamValue()).as("seed %d", seed).isFinite();
      assertThat(values.values().sum())
          .as("seed %d", seed)
          .isCloseTo(values.teamValue(), within(1e-9 * values.teamValue()));
    }
  }

  @Test
  void allocate_nobodyActive_isWorthNothing() {
    CoverageGame game =
        CoverageGame.of(SymmetricMatrix.of(2, (i, j) -> 1), Vector.of(0, -1), 0.5, 1);
    assertThat(shapley.allocate(game))
        .isEqualTo(new ShapleyValues(Vector.of(0, 0), 0, CreditMethod.EXACT));
  }

  @Test
  void allocate_tooManyPlayers_isRefused() {
    CoverageGame game =
        CoverageGame.of(SymmetricMatrix.of(25, (i, j) -> 1), Vector.of(25, i -> 1), 0.5, 1);
    assertThatThrownBy(() -> shapley.allocate(game))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("players: 25 (expected: <= 24)");
  }

  private void assertSame(CoverageGame game, double[] plain, int seed, SampleGroup group) {
    ShapleyValues values = shapley.allocate(game);
    Vector all = game.valuesOf(plain, 0, CreditMethod.EXACT).values();
    for (int i = 0; i < game.size(); i++) {
      assertThat(values.values().get(i))
          .as("seed %d, %s, rollout %d", seed, group.kind(), i)
          .isCloseTo(all.get(i), within(Games.tolerance(game)));
    }
  }
}
