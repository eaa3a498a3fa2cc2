// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogDetShapleyTest {

  @Test
  void allocate_randomGames_equalsPermutationAverage() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(seed % 10 == 0 ? 7 : 5);
      CoverageGame game = Games.of(group, random.nextAlpha());
      PlainCredits plain = new PlainCredits(game, Volume.LOGDET);
      assertSame(game, plain.shapleyOverPermutations(), seed, group);
    }
  }

  @Test
  void allocate_randomGames_equalsSubsetEnumeration() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(seed % 100 == 0 ? 11 : 7);
      CoverageGame game = Games.of(group, random.nextAlpha());
      assertSame(game, new PlainCredits(game, Volume.LOGDET).shapley(), seed, group);
    }
  }

  @Test
  void allocate_gamesWithCopies_equalsSubsetEnumeration() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup distinct = random.next(4).withRewards(0.5 + seed % 3);
      int copies = distinct.size() + random.nextInt(6);
      SampleGroup group =
          distinct.pick(
              IntStream.range(0, copies)
                  .map(i -> i < distinct.size() ? i : random.nextInt(distinct.size()))
                  .toArray());
      CoverageGame game = Games.of(group, random.nextAlpha());
      assertSame(game, new PlainCredits(game, Volume.LOGDET).shapley(), seed, group);
    }
  }

  /** Any two sets of equally many of each type are worth the same: so are those of any labels. */
  @Test
  void allocate_sixtyFourOfFewTypes_isExact() {
    int[] labels = IntStream.range(0, 64).map(i -> i % 7 % 3).toArray();
    double[] shares = {Math.log1p(28 * 3) / 28, Math.log1p(18 * 3) / 18, Math.log1p(18 * 3) / 18};
    CoverageGame game = Games.of(SymmetricMatrix.of(64, (i, j) -> labels[i] == labels[j] ? 3 : 0));
    CreditShares credit = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY);
    assertThat(credit.method()).isEqualTo(CreditMethod.EXACT);
    for (int i = 0; i < 64; i++) {
      assertThat(credit.values().get(i)).isCloseTo(shares[labels[i]], within(1e-13));
    }
  }

  /**
   * Two correlated types of 32 copies each: the Shapley value of a copy is 1/32 of what its type
   * adds, averaged over the numbers of copies before it, which can be summed directly.
   */
  @Test
  void allocate_sixtyFourOfTwoCorrelatedTypes_equalsTheDirectSum() {
    double alone = 2;
    double shared = 1.5;
    CoverageGame game = Games.of(SymmetricMatrix.of(64, (i, j) -> i % 2 == j % 2 ? alone : shared));
    double expected = 0;
    for (int size = 0; size < 64; size++) {
      for (int own = Math.max(0, size - 32); own <= Math.min(31, size); own++) {
        double probability = choose(31, own) * choose(32, size - own) / choose(63, size);
        expected +=
            probability
                / 64
                * (value(own + 1, size - own, alone, shared)
                    - value(own, size - own, alone, shared));
      }
    }
    Vector values = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY).values();
    assertThat(values.get(0)).isCloseTo(expected, within(1e-13)).isEqualTo(values.get(2));
    assertThat(values.get(1)).isCloseTo(expected, within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 13, 18, 64, 500, 1024})
  void allocate_identicalRollouts_shareEqually(int count) {
    for (double alpha : new double[] {1e-3, 1, 30, 1e6}) {
      CoverageGame game =
          CoverageGame.of(
              SymmetricMatrix.of(count, (i, j) -> 1), Vector.of(count, i -> 0.7), 0.5, alpha);
      double share = Math.log1p(count * alpha * 0.7) / count;
      CreditShares credit = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY);
      assertThat(credit.method()).isEqualTo(CreditMethod.EXACT);
      for (int i = 0; i < count; i++) {
        assertThat(credit.values().get(i))
            .isEqualTo(credit.values().get(0))
            .isCloseTo(share, within(1e-12));
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
    Vector values = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY).values();
    for (int i = 0; i < count; i++) {
      assertThat(values.get(i)).isCloseTo(Math.log1p(i + 1), within(1e-13));
    }
  }

  @Test
  void allocate_tinyRewards_keepRelativePrecision() {
    CoverageGame game =
        CoverageGame.of(
            SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.5), Vector.of(3, i -> 1e-30), 0.5, 1);
    CreditShares shares = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY);
    assertThat(shares.teamValue()).isCloseTo(3e-30, within(1e-42));
    assertThat(shares.values()).isEqualTo(Vector.of(3, i -> shares.values().get(0)));
    assertThat(shares.values().get(0)).isCloseTo(1e-30, within(1e-42));
  }

  @Test
  void allocate_tinyRewardBesideLargeOnes_keepsItsMagnitude() {
    CoverageGame game =
        CoverageGame.of(
            SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.5), Vector.of(1, 1e-30, 1), 0.5, 1);
    double alone = 1e-30;
    // Given both others, 1 - 1/5 of it is left.
    assertThat(Games.share(game, Volume.LOGDET, Allocation.SHAPLEY).values().get(1))
        .isBetween(0.8 * alone, 1.000001 * alone);
  }

  @Test
  void allocate_hugeVolume_staysFinite() {
    for (int seed = 0; seed < 300; seed++) {
      SampleGroup group = new RandomGroups(seed).next(10).withRewards(1e6);
      CreditShares shares = Games.share(Games.of(group, 4, 1e6), Volume.LOGDET, Allocation.SHAPLEY);
      assertThat(shares.teamValue()).as("seed %d", seed).isFinite();
      assertThat(shares.values().sum())
          .as("seed %d", seed)
          .isCloseTo(shares.teamValue(), within(1e-9 * shares.teamValue()));
    }
  }

  @Test
  void allocate_limit_countsSetsToTellApart() {
    CreditPlan plan =
        new CreditPlan(Volume.LOGDET, Allocation.SHAPLEY, 3, 0, CreditPlan.MIN_SAMPLES, 0);
    CoverageGame three = Games.of(SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.1 * (i + j)));
    CoverageGame four = Games.of(SymmetricMatrix.of(4, (i, j) -> i == j ? 1 : 0.1 * (i + j)));
    CoverageGame seven = Games.of(SymmetricMatrix.of(7, (i, j) -> 1));
    CoverageGame eight = Games.of(SymmetricMatrix.of(8, (i, j) -> 1));
    assertThat(TeamCredits.share(three, plan).method()).isEqualTo(CreditMethod.EXACT);
    assertThat(TeamCredits.share(four, plan).method()).isEqualTo(CreditMethod.SAMPLED);
    assertThat(TeamCredits.share(seven, plan).method()).isEqualTo(CreditMethod.EXACT);
    assertThat(TeamCredits.share(eight, plan).method()).isEqualTo(CreditMethod.SAMPLED);
  }

  private static void assertSame(CoverageGame game, double[] plain, int seed, SampleGroup group) {
    Vector values = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY).values();
    Vector all = game.overAll(plain);
    for (int i = 0; i < game.size(); i++) {
      assertThat(values.get(i))
          .as("seed %d, %s, rollout %d", seed, group.kind(), i)
          .isCloseTo(all.get(i), within(Games.tolerance(game, Volume.LOGDET)));
    }
  }

  /** log det of m and k copies of two types: a determinant of size 2. */
  private static double value(int m, int k, double alone, double shared) {
    return Math.log((1 + m * alone) * (1 + k * alone) - m * k * shared * shared);
  }

  private static double choose(int n, int k) {
    double binomial = 1;
    for (int i = 1; i <= k; i++) {
      binomial = binomial * (n - k + i) / i;
    }
    return binomial;
  }
}
