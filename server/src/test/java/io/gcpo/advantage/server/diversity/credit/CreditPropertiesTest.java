// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the axioms promise of each way to share, on 1,000 random games each. */
final class CreditPropertiesTest {
  private static final int GAMES = 1000;
  private static final int MAX_ROLLOUTS = 8;

  private record Way(Volume volume, Allocation allocation) {
    CreditShares share(CoverageGame game) {
      return Games.share(game, volume, allocation);
    }

    /** A player adds less to more others; with DET it adds more. */
    boolean returnsDiminish() {
      return volume == Volume.LOGDET;
    }
  }

  static Stream<Way> allWays() {
    return Arrays.stream(Volume.values())
        .flatMap(
            volume ->
                Arrays.stream(Allocation.values())
                    .filter(allocation -> allocation.isDefinedFor(volume))
                    .map(allocation -> new Way(volume, allocation)));
  }

  static Stream<Way> efficientWays() {
    return allWays().filter(way -> way.allocation() != Allocation.BANZHAF);
  }

  /** Means of marginal contributions, not rescaled. */
  static Stream<Way> semivalues() {
    return allWays()
        .filter(
            way ->
                way.allocation() == Allocation.SHAPLEY || way.allocation() == Allocation.BANZHAF);
  }

  static Stream<Way> boundedWays() {
    return allWays().filter(way -> way.allocation() != Allocation.LEAVE_ONE_OUT);
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void shares_areNonNegativeAndOfTheRightTeam(Way way) {
    forEachGame(
        scene -> {
          CoverageGame game = scene.game(scene.group());
          CreditShares shares = way.share(game);
          assertThat(shares.values().min()).as(scene.description()).isGreaterThanOrEqualTo(0);
          assertThat(shares.teamValue())
              .as(scene.description())
              .isEqualTo(game.teamValue(way.volume()));
          assertThat(shares.method())
              .isEqualTo(
                  way.allocation() == Allocation.MATRIX_LOG
                      ? CreditMethod.MATRIX_LOG
                      : CreditMethod.EXACT);
          assertThat(shares.samples()).isZero();
          assertThat(shares.standardErrors()).isEqualTo(Vector.zero(game.size()));
        });
  }

  @ParameterizedTest
  @MethodSource("efficientWays")
  void shares_sumToTeamValue(Way way) {
    forEachGame(
        scene -> {
          CreditShares shares = way.share(scene.game(scene.group()));
          assertThat(shares.values().sum())
              .as(scene.description())
              .isCloseTo(shares.teamValue(), within(1e-13 * shares.teamValue()));
        });
  }

  @ParameterizedTest
  @MethodSource("boundedWays")
  void shares_lieBetweenFirstAndLastMarginal(Way way) {
    forEachGame(
        scene -> {
          CoverageGame game = scene.game(scene.group());
          Vector last = game.overAll(new PlainCredits(game, way.volume()).lastMarginals());
          Vector alone =
              game.overAll(
                  IntStream.range(0, game.activePlayers())
                      .mapToDouble(i -> Games.value(game, way.volume(), i))
                      .toArray());
          Vector least = way.returnsDiminish() ? last : alone;
          Vector most = way.returnsDiminish() ? alone : last;
          Vector values = way.share(game).values();
          double tolerance = Games.tolerance(game, way.volume());
          for (int i = 0; i < game.size(); i++) {
            assertThat(values.get(i))
                .as(scene.description())
                .isBetween(least.get(i) - tolerance, most.get(i) + tolerance);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void wrongRollouts_earnExactlyNothingAndChangeNobody(Way way) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          Vector values = way.share(scene.game(group)).values();
          int[] correct =
              IntStream.range(0, group.size()).filter(i -> group.rewards().get(i) > 0).toArray();
          for (int i = 0; i < group.size(); i++) {
            if (group.rewards().get(i) <= 0) {
              assertThat(values.get(i)).as(scene.description()).isEqualTo(0.0);
            }
          }
          if (correct.length == 0) {
            return;
          }
          Vector alone = way.share(scene.game(group.pick(correct))).values();
          assertThat(alone)
              .as(scene.description())
              .isEqualTo(Vector.of(correct.length, k -> values.get(correct[k])));
        });
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void duplicatedRollouts_earnTheSameBits(Way way) {
    forEachGame(
        scene -> {
          int size = scene.group().size();
          int[] twice = IntStream.range(0, 2 * size).map(i -> i % size).toArray();
          Vector values = way.share(scene.game(scene.group().pick(twice))).values();
          assertThat(Vector.of(size, i -> values.get(size + i)))
              .as(scene.description())
              .isEqualTo(Vector.of(size, values::get));
        });
  }

  @ParameterizedTest
  @MethodSource("semivalues")
  void addedDuplicate_movesNobodyElseAgainstTheReturns(Way way) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          int size = group.size();
          int copied = scene.random().nextInt(size);
          int[] more = IntStream.range(0, size + 1).map(i -> i < size ? i : copied).toArray();
          Vector before = way.share(scene.game(group)).values();
          Vector after = way.share(scene.game(group.pick(more))).values();
          double tolerance = Games.tolerance(scene.game(group.pick(more)), way.volume());
          for (int i = 0; i < size; i++) {
            double gain = after.get(i) - before.get(i);
            assertThat(way.returnsDiminish() ? gain : -gain)
                .as(scene.description())
                .isLessThanOrEqualTo(tolerance);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("semivalues")
  void raisedReward_raisesItsRolloutAndMovesNobodyElseAgainstTheReturns(Way way) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          int raised = scene.random().nextInt(group.size());
          double reward = Math.max(0, group.rewards().get(raised)) * 1.5 + 0.1;
          SampleGroup better = group.withReward(raised, reward);
          Vector before = way.share(scene.game(group)).values();
          Vector after = way.share(scene.game(better)).values();
          double tolerance = Games.tolerance(scene.game(better), way.volume());
          for (int i = 0; i < group.size(); i++) {
            double gain = after.get(i) - before.get(i);
            assertThat(i == raised || !way.returnsDiminish() ? -gain : gain)
                .as(scene.description())
                .isLessThanOrEqualTo(tolerance);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void reorderedRollouts_takeTheirValuesWithThem(Way way) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          int[] order = scene.random().nextOrder(group.size());
          Vector values = way.share(scene.game(group)).values();
          Vector reordered = way.share(scene.game(group.pick(order))).values();
          assertSame(
              way,
              scene,
              scene.game(group),
              reordered,
              Vector.of(group.size(), i -> values.get(order[i])));
        });
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void rotatedAndScaledEmbeddings_keepTheValues(Way way) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          FloatMatrix rows = group.embeddings();
          int[] axes = scene.random().nextOrder(rows.columns());
          FloatMatrix turned =
              FloatMatrix.fill(
                  rows.rows(),
                  rows.columns(),
                  (row, target, offset) -> {
                    float scale = row % 3 == 0 ? 4 : 0.5f;
                    for (int k = 0; k < axes.length; k++) {
                      float sign = axes[k] % 2 == 0 ? 1 : -1;
                      target[offset + k] = scale * sign * rows.get(row, axes[k]);
                    }
                  });
          SampleGroup same = new SampleGroup(group.kind(), group.rewards(), turned);
          CoverageGame game = scene.game(group);
          assertSame(
              way, scene, game, way.share(scene.game(same)).values(), way.share(game).values());
        });
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void vanishingVolume_isSharedAsIfAllWereOrthogonal(Way way) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          double total = Math.max(1e-30, scene.game(group).matrix().size() * maxReward(group));
          CoverageGame game = Games.of(group, 1e-10 / total);
          double[] diagonal =
              IntStream.range(0, game.activePlayers())
                  .mapToDouble(i -> game.matrix().get(i, i))
                  .toArray();
          Vector expected = game.overAll(diagonal);
          Vector values = way.share(game).values();
          for (int i = 0; i < game.size(); i++) {
            assertThat(values.get(i))
                .as(scene.description())
                .isCloseTo(expected.get(i), within(1e-9 * expected.get(i)));
          }
        });
  }

  @Test
  void teamValue_ofCorrectRollouts_liesBetweenAllAlikeAndAllDifferent() {
    forEachGame(
        scene -> {
          CoverageGame game = scene.game(scene.group().withRewards(1));
          int players = game.activePlayers();
          double tolerance = Games.tolerance(game, Volume.LOGDET);
          assertThat(game.teamValue(Volume.LOGDET))
              .as(scene.description())
              .isBetween(
                  Math.log1p(scene.alpha() * players) - tolerance,
                  players * Math.log1p(scene.alpha()) + tolerance);
          assertThat(game.teamValue(Volume.DET))
              .as(scene.description())
              .isBetween(
                  scene.alpha() * players - Games.tolerance(game, Volume.DET),
                  Math.pow(1 + scene.alpha(), players) * (1 + 1e-12));
        });
  }

  @ParameterizedTest
  @MethodSource("allWays")
  void orthogonalClustersOfDuplicates_shareTheirClustersVolume(Way way) {
    for (int seed = 0; seed < GAMES; seed++) {
      RandomGroups random = new RandomGroups(seed);
      int size = 1 + random.nextInt(10);
      int[] labels = IntStream.range(0, size).map(i -> random.nextInt(4)).toArray();
      double alpha = random.nextAlpha();
      SymmetricMatrix kernel = SymmetricMatrix.of(size, (i, j) -> labels[i] == labels[j] ? 1 : 0);
      CoverageGame game = CoverageGame.of(kernel, Vector.of(size, i -> 1), 0.5, alpha);
      CreditShares shares = way.share(game);
      for (int i = 0; i < size; i++) {
        int label = labels[i];
        int copies = (int) IntStream.of(labels).filter(other -> other == label).count();
        if (way.volume() == Volume.LOGDET && way.allocation() != Allocation.LEAVE_ONE_OUT) {
          double share =
              way.allocation() == Allocation.BANZHAF
                  ? meanMarginal(copies, alpha)
                  : Math.log1p(copies * alpha) / copies;
          assertThat(shares.values().get(i)).as("seed %d", seed).isCloseTo(share, within(1e-12));
        }
        int first = IntStream.range(0, size).filter(j -> labels[j] == label).findFirst().orElse(i);
        assertThat(shares.values().get(i))
            .as("seed %d", seed)
            .isEqualTo(shares.values().get(first));
      }
    }
  }

  /** Of one of m copies, over the sets of the other m - 1. */
  private static double meanMarginal(int copies, double alpha) {
    double sum = 0;
    double choices = 1;
    for (int k = 0; k < copies; k++) {
      sum += choices * (Math.log1p((k + 1) * alpha) - Math.log1p(k * alpha));
      choices = choices * (copies - 1 - k) / (k + 1);
    }
    return Math.scalb(sum, 1 - copies);
  }

  private static double maxReward(SampleGroup group) {
    return group.rewards().max();
  }

  private static void assertSame(
      Way way, Scene scene, CoverageGame game, Vector actual, Vector expected) {
    // Rescaling multiplies the error of a share.
    double scale = way.allocation() == Allocation.LEAVE_ONE_OUT ? leaveOneOutScale(game, way) : 1;
    for (int i = 0; i < actual.size(); i++) {
      assertThat(actual.get(i))
          .as(scene.description())
          .isCloseTo(expected.get(i), within(scale * Games.tolerance(game, way.volume())));
    }
  }

  private static double leaveOneOutScale(CoverageGame game, Way way) {
    PlainCredits plain = new PlainCredits(game, way.volume());
    double sum = Arrays.stream(plain.lastMarginals()).sum();
    return sum > 0 ? Math.max(1, plain.teamValue() / sum) : 1;
  }

  private static void forEachGame(Consumer<Scene> property) {
    for (int seed = 0; seed < GAMES; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(MAX_ROLLOUTS);
      property.accept(new Scene(seed, random, group, random.nextAlpha()));
    }
  }

  private record Scene(int seed, RandomGroups random, SampleGroup group, double alpha) {
    CoverageGame game(SampleGroup of) {
      return Games.of(of, alpha);
    }

    String description() {
      return "seed " + seed + ", " + group.kind() + ", alpha " + alpha;
    }
  }
}
