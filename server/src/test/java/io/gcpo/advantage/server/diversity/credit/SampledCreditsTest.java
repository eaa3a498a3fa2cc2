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
import org.junit.jupiter.params.provider.EnumSource;

/** What sampling promises of Shapley and Banzhaf values. */
final class SampledCreditsTest {

  @ParameterizedTest
  @EnumSource(names = {"SHAPLEY", "BANZHAF"})
  void means_overManySeeds_areTheExactValues(Allocation allocation) {
    int seeds = 400;
    for (int scene = 0; scene < 25; scene++) {
      CoverageGame game = correlatedGame(scene, 2 + scene % 9);
      Vector exact = Games.share(game, Volume.LOGDET, allocation).values();
      int size = game.size();
      double[] sums = new double[size];
      double[] squares = new double[size];
      for (int seed = 0; seed < seeds; seed++) {
        Vector values = TeamCredits.share(game, Games.sampled(allocation, 32, seed)).values();
        for (int i = 0; i < size; i++) {
          double error = values.get(i) - exact.get(i);
          sums[i] += error;
          squares[i] += error * error;
        }
      }
      for (int i = 0; i < size; i++) {
        double standardError = Math.sqrt(squares[i]) / seeds;
        assertThat(sums[i] / seeds)
            .as("scene %d, rollout %d", scene, i)
            .isCloseTo(0, within(5 * standardError + Games.tolerance(game, Volume.LOGDET)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHAPLEY", "BANZHAF"})
  void standardErrors_coverWhatTheyShould(Allocation allocation) {
    int covered = 0;
    int all = 0;
    for (int seed = 0; seed < 1500; seed++) {
      CoverageGame game = correlatedGame(seed, 4 + seed % 9);
      Vector exact = Games.share(game, Volume.LOGDET, allocation).values();
      int samples = seed % 2 == 0 ? 64 : 256;
      CreditShares shares = TeamCredits.share(game, Games.sampled(allocation, samples, seed));
      for (int i = 0; i < game.size(); i++) {
        double error = Math.abs(shares.values().get(i) - exact.get(i));
        covered += error <= 2 * shares.standardErrors().get(i) ? 1 : 0;
        all++;
      }
    }
    assertThat((double) covered / all).isBetween(0.92, 0.97);
  }

  @Test
  void standardErrors_afterAnEarlyEnd_coverWhatTheyShould() {
    int covered = 0;
    int all = 0;
    for (int seed = 0; seed < 600; seed++) {
      CoverageGame game = correlatedGame(seed, 5 + seed % 8);
      Vector exact = Games.share(game, Volume.LOGDET, Allocation.SHAPLEY).values();
      CreditShares shares = TeamCredits.share(game, budget(0.02, 1 << 14, seed));
      for (int i = 0; i < game.size(); i++) {
        double error = Math.abs(shares.values().get(i) - exact.get(i));
        covered += error <= 2 * shares.standardErrors().get(i) ? 1 : 0;
        all++;
      }
    }
    assertThat((double) covered / all).isBetween(0.90, 0.97);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHAPLEY", "BANZHAF"})
  void seed_decidesTheValues(Allocation allocation) {
    CoverageGame game = correlatedGame(3, 12);
    CreditShares shares = TeamCredits.share(game, Games.sampled(allocation, 64, 5));
    assertThat(TeamCredits.share(game, Games.sampled(allocation, 64, 5))).isEqualTo(shares);
    assertThat(TeamCredits.share(game, Games.sampled(allocation, 64, 6)).values())
        .isNotEqualTo(shares.values());
  }

  @Test
  void errorBudget_endsTheSampling() {
    CoverageGame game = correlatedGame(3, 12);
    int before = 0;
    for (double errorBudget : new double[] {0.1, 0.02, 0.005}) {
      CreditShares shares = TeamCredits.share(game, budget(errorBudget, 1 << 16, 1));
      double spread = shares.values().max() - shares.values().min();
      assertThat(shares.method()).isEqualTo(CreditMethod.SAMPLED);
      assertThat(shares.standardErrors().max()).isBetween(1e-9, errorBudget * spread * 1.001);
      assertThat(shares.samples()).isGreaterThanOrEqualTo(Math.max(32, before)).isLessThan(1 << 16);
      assertThat(shares.samples() % 32).isZero();
      before = shares.samples();
    }
    assertThat(before).isGreaterThan(32);
  }

  @Test
  void maxSamples_isNotExceeded() {
    CoverageGame game = correlatedGame(3, 12);
    for (int maxSamples : new int[] {32, 63, 64, 100, 1000}) {
      assertThat(TeamCredits.share(game, budget(0, maxSamples, 1)).samples())
          .isEqualTo(maxSamples / 32 * 32);
    }
  }

  @Test
  void maxBlocks_manyPlayers_isBoundedByTheirWork() {
    assertThat(PairSampling.maxBlocks(64, 4096)).isEqualTo(128);
    assertThat(PairSampling.maxBlocks(64, CreditPlan.MAX_SAMPLES)).isEqualTo((1 << 18) / 32);
    assertThat(PairSampling.maxBlocks(1024, 4096)).isEqualTo(2);
    assertThat(PairSampling.maxBlocks(2000, 4096)).isEqualTo(1);
  }

  @Test
  void shapley_anyNumberOfSamples_sumsToTeamValue() {
    for (int seed = 0; seed < 300; seed++) {
      RandomGroups random = new RandomGroups(seed);
      CoverageGame game = Games.of(random.next(14), random.nextAlpha());
      CreditPlan plan = Games.sampled(Allocation.SHAPLEY, 32 * (1 + seed % 4), seed);
      CreditShares shares = TeamCredits.share(game, plan);
      assertThat(shares.values().sum())
          .as("seed %d", seed)
          .isCloseTo(shares.teamValue(), within(1e-12 * shares.teamValue()));
      assertThat(shares.values().min()).isGreaterThanOrEqualTo(0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHAPLEY", "BANZHAF"})
  void oneOrTwoPlayers_areExact(Allocation allocation) {
    for (int players = 1; players <= 2; players++) {
      CoverageGame game = correlatedGame(1, players);
      CreditShares shares = TeamCredits.share(game, Games.sampled(allocation, 64, 1));
      Vector exact = Games.share(game, Volume.LOGDET, allocation).values();
      assertThat(shares.samples()).isEqualTo(32);
      for (int i = 0; i < players; i++) {
        assertThat(shares.values().get(i)).isCloseTo(exact.get(i), within(1e-14));
        assertThat(shares.standardErrors().get(i)).isLessThan(1e-14);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHAPLEY", "BANZHAF"})
  void copiesAndNullPlayers_keepTheirPromises(Allocation allocation) {
    for (int seed = 0; seed < 200; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(8);
      int size = group.size();
      SampleGroup twice = group.pick(IntStream.range(0, 2 * size).map(i -> i % size).toArray());
      CreditPlan plan = Games.sampled(allocation, 32, seed);
      double alpha = random.nextAlpha();
      CreditShares shares = TeamCredits.share(Games.of(twice, alpha), plan);
      for (int i = 0; i < size; i++) {
        assertThat(shares.values().get(size + i)).isEqualTo(shares.values().get(i));
        assertThat(shares.standardErrors().get(size + i)).isEqualTo(shares.standardErrors().get(i));
        if (group.rewards().get(i) <= 0) {
          assertThat(shares.values().get(i)).isEqualTo(0.0);
          assertThat(shares.standardErrors().get(i)).isEqualTo(0.0);
        }
      }
      int[] correct =
          IntStream.range(0, 2 * size).filter(i -> twice.rewards().get(i) > 0).toArray();
      if (correct.length > 0) {
        assertThat(TeamCredits.share(Games.of(twice.pick(correct), alpha), plan).values())
            .as("seed %d", seed)
            .isEqualTo(Vector.of(correct.length, k -> shares.values().get(correct[k])));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHAPLEY", "BANZHAF"})
  void sixtyFourRollouts_ofAnyKind_stayFiniteAndInRange(Allocation allocation) {
    for (int seed = 0; seed < 60; seed++) {
      RandomGroups random = new RandomGroups(seed);
      int[] all = IntStream.range(0, 64).map(i -> random.nextInt(40)).toArray();
      SampleGroup group = random.next(40);
      SampleGroup large = group.pick(IntStream.of(all).map(i -> i % group.size()).toArray());
      double exponent = seed % 3 == 0 ? 4 : 0.5;
      CoverageGame game = Games.of(large, exponent, seed % 2 == 0 ? 1e6 : random.nextAlpha());
      CreditShares shares = TeamCredits.share(game, Games.sampled(allocation, 32, seed));
      for (int i = 0; i < 64; i++) {
        double weight = Math.max(0, large.rewards().get(i));
        double alone = Math.log1p(1e6 * Math.pow(weight, 2 * exponent));
        assertThat(shares.values().get(i)).as("seed %d", seed).isBetween(0.0, alone * (1 + 1e-9));
      }
    }
  }

  @Test
  void interchangeableRollouts_haveNoError() {
    CoverageGame game = Games.of(SymmetricMatrix.of(40, (i, j) -> i == j ? 2 : 1));
    CreditShares shares = TeamCredits.share(game, budget(0.01, 1 << 14, 1));
    assertThat(shares.samples()).isEqualTo(32);
    assertThat(shares.standardErrors().max()).isLessThan(1e-13);
    assertThat(shares.values().min()).isEqualTo(shares.values().max());
  }

  private static CreditPlan budget(double errorBudget, int maxSamples, int seed) {
    return new CreditPlan(Volume.LOGDET, Allocation.SHAPLEY, 0, errorBudget, maxSamples, seed);
  }

  /** Correlated rollouts of different weight: no copies, no null players. */
  private static CoverageGame correlatedGame(int seed, int players) {
    RandomGroups random = new RandomGroups(seed);
    int dimension = 2 + seed % 5;
    double[][] rows = new double[players][dimension];
    for (double[] row : rows) {
      for (int k = 0; k < dimension; k++) {
        row[k] = (random.nextInt(1000) + 1) / 200.0 - (k == 0 ? 0 : 2.5);
      }
    }
    return Games.of(
        SymmetricMatrix.of(
            players,
            (i, j) -> {
              double sum = 0;
              for (int k = 0; k < dimension; k++) {
                sum += rows[i][k] * rows[j][k];
              }
              return sum;
            }));
  }
}
