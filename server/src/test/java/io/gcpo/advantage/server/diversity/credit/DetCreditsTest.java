// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact allocations of DET against enumeration, and what they do at the end of the range. */
final class DetCreditsTest {

  @ParameterizedTest
  @EnumSource(names = "MATRIX_LOG", mode = EnumSource.Mode.EXCLUDE)
  void allocate_randomGames_equalsEnumeration(Allocation allocation) {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      CoverageGame game = Games.of(random.next(seed % 50 == 0 ? 11 : 7), random.nextAlpha());
      PlainCredits plain = new PlainCredits(game, Volume.DET);
      double[] expected =
          switch (allocation) {
            case SHAPLEY -> plain.shapley();
            case BANZHAF -> plain.banzhaf();
            case LEAVE_ONE_OUT -> plain.leaveOneOut();
            case MATRIX_LOG -> throw new IllegalArgumentException("not defined for DET");
          };
      Vector all = game.overAll(expected);
      Vector values = Games.share(game, Volume.DET, allocation).values();
      for (int i = 0; i < game.size(); i++) {
        assertThat(values.get(i))
            .as("seed %d, rollout %d", seed, i)
            .isCloseTo(all.get(i), within(Games.tolerance(game, Volume.DET)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 31, 64, 150})
  void shapley_orthogonalRollouts_shareEquallyAtAnySize(int count) {
    CoverageGame game = Games.of(SymmetricMatrix.of(count, (i, j) -> i == j ? 1 : 0));
    Vector values = Games.share(game, Volume.DET, Allocation.SHAPLEY).values();
    double share = (Math.pow(2, count) - 1) / count;
    for (int i = 0; i < count; i++) {
      assertThat(values.get(i)).isCloseTo(share, within(1e-12 * share));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 64})
  void shapley_copies_shareEqually(int count) {
    CoverageGame game = Games.of(SymmetricMatrix.of(count, (i, j) -> 5));
    Vector values = Games.share(game, Volume.DET, Allocation.SHAPLEY).values();
    for (int i = 0; i < count; i++) {
      assertThat(values.get(i)).isCloseTo(5, within(1e-12)).isEqualTo(values.get(0));
    }
  }

  @Test
  void shapley_smallPlayerBesideLargeOnes_keepsItsMagnitude() {
    CoverageGame game =
        CoverageGame.of(
            SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.5), Vector.of(1, 1e-30, 1), 0.5, 1);
    // Alone 1e-30; given both others 4/5 of that, times their determinant of 15/4.
    assertThat(Games.share(game, Volume.DET, Allocation.SHAPLEY).values().get(1))
        .isBetween(0.999999e-30, 3.000001e-30);
  }

  @ParameterizedTest
  @EnumSource(names = "MATRIX_LOG", mode = EnumSource.Mode.EXCLUDE)
  void allocate_nearTheLargestDouble_staysFinite(Allocation allocation) {
    // 1 + 1e6 to the power of 51 is 1e306.
    CoverageGame game = Games.of(SymmetricMatrix.of(51, (i, j) -> i == j ? 1e6 : 0));
    CreditShares shares = Games.share(game, Volume.DET, allocation);
    double expected = shares.teamValue() / 51;
    if (allocation == Allocation.BANZHAF) {
      expected = 1e6 * Math.pow(1 + 1e6 / 2, 50);
    }
    assertThat(shares.teamValue()).isBetween(1e306, 1.001e306);
    assertThat(shares.values().get(7)).isCloseTo(expected, within(1e-12 * expected));
  }

  @ParameterizedTest
  @EnumSource(names = "MATRIX_LOG", mode = EnumSource.Mode.EXCLUDE)
  void allocate_beyondTheLargestDouble_isRefused(Allocation allocation) {
    CoverageGame game = Games.of(SymmetricMatrix.of(52, (i, j) -> i == j ? 1e6 : 0));
    assertThatThrownBy(() -> Games.share(game, Volume.DET, allocation))
        .isInstanceOf(VolumeOverflowException.class)
        .hasMessage(
            "volume: det of 52 rollouts overflows (expected: < 1.8e308; use LOGDET or smaller"
                + " alpha)");
  }
}
