// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MeanFieldTest {

  /** With nobody there, marginals and effects are exact: v(i) and v(ij) - v(j) - v(i). */
  @Test
  void of_emptySets_isExactUpToPairs() {
    forEachGame(
        (seed, game) -> {
          MeanField field = MeanField.of(SymmetricEigen.of(game.matrix()), 0);
          int players = game.activePlayers();
          for (int i = 0; i < players; i++) {
            double alone = Games.value(game, Volume.LOGDET, i);
            assertThat(field.marginal(i)).as("seed %d", seed).isCloseTo(alone, within(1e-9));
            int other = (i + 1) % players;
            for (int j = 0; j < players; j++) {
              if (j != i && other != i) {
                double expected =
                    (Games.value(game, Volume.LOGDET, i, j) - Games.value(game, Volume.LOGDET, j))
                        - (Games.value(game, Volume.LOGDET, i, other)
                            - Games.value(game, Volume.LOGDET, other));
                double guess =
                    field.marginal(i, new int[] {j}, 1) - field.marginal(i, new int[] {other}, 1);
                assertThat(guess).as("seed %d", seed).isCloseTo(expected, within(1e-8));
              }
            }
          }
        });
  }

  /** Over all others in turn, the effects and their mean cancel. */
  @Test
  void marginal_overSetsOfOne_hasTheStatedMean() {
    forEachGame(
        (seed, game) -> {
          MeanField field = MeanField.of(SymmetricEigen.of(game.matrix()), 0.3);
          int players = game.activePlayers();
          for (int i = 0; i < players && players > 1; i++) {
            double sum = 0;
            for (int j = 0; j < players; j++) {
              sum += j == i ? 0 : field.marginal(i, new int[] {j}, 1);
            }
            assertThat(sum / (players - 1))
                .as("seed %d", seed)
                .isCloseTo(field.marginal(i), within(1e-12));
          }
        });
  }

  /** With all there, the marginal is the last one. */
  @Test
  void of_fullSets_isTheLastMarginal() {
    forEachGame(
        (seed, game) -> {
          MeanField field = MeanField.of(SymmetricEigen.of(game.matrix()), 1);
          int players = game.activePlayers();
          for (int i = 0; i < players; i++) {
            int left = i;
            int[] others = IntStream.range(0, players).filter(j -> j != left).toArray();
            double marginal =
                game.teamValue(Volume.LOGDET) - Games.value(game, Volume.LOGDET, others);
            assertThat(field.marginal(i)).as("seed %d", seed).isCloseTo(marginal, within(1e-8));
          }
        });
  }

  /** Between, it is a guess: near for rollouts that are alike. */
  @Test
  void of_similarRollouts_isNearTheMeanMarginal() {
    int players = 9;
    SymmetricMatrix matrix = SymmetricMatrix.of(players, (i, j) -> i == j ? 1 : 0.9);
    CoverageGame game = Games.of(matrix);
    double marginal =
        Games.value(game, Volume.LOGDET, 0, 1, 2, 3, 4)
            - Games.value(game, Volume.LOGDET, 0, 1, 2, 3);
    MeanField field = MeanField.of(SymmetricEigen.of(matrix), 0.5);
    assertThat(field.marginal(3)).isCloseTo(marginal, within(0.15 * marginal));
  }

  private interface GameCheck {
    void check(int seed, CoverageGame game);
  }

  private static void forEachGame(GameCheck check) {
    for (int seed = 0; seed < 300; seed++) {
      check.check(seed, Games.of(new RandomGroups(seed).next(6).withRewards(1), 1));
    }
  }
}
