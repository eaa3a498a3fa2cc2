// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.LogDeterminant;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the axioms promise of both allocations, on 1,000 random games each. */
final class ShapleyPropertiesTest {
  private static final int GAMES = 1000;
  private static final int MAX_ROLLOUTS = 8;

  @ParameterizedTest
  @EnumSource
  void values_sumToTeamValue(CreditMethod method) {
    forEachGame(
        scene -> {
          ShapleyValues values = scene.allocate(method, scene.group());
          assertThat(values.values().sum())
              .as(scene.description())
              .isCloseTo(values.teamValue(), within(1e-9 * values.teamValue()));
          CoverageGame game = scene.game(scene.group());
          double logDeterminant = LogDeterminant.ofIdentityPlus(game.volume());
          assertThat(values.teamValue())
              .as(scene.description())
              .isGreaterThanOrEqualTo(0)
              .isCloseTo(logDeterminant, within(Games.tolerance(game)));
        });
  }

  @ParameterizedTest
  @EnumSource
  void values_lieBetweenNothingAndWorthAlone(CreditMethod method) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          Vector values = scene.allocate(method, group).values();
          double tolerance = Games.tolerance(scene.game(group));
          for (int i = 0; i < group.size(); i++) {
            double alone = Math.log1p(scene.alpha() * Math.max(0, group.rewards().get(i)));
            assertThat(values.get(i)).as(scene.description()).isBetween(0.0, alone + tolerance);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = "EXACT")
  void values_areAtLeastTheLastMarginal(CreditMethod method) {
    forEachGame(
        scene -> {
          CoverageGame game = scene.game(scene.group());
          int players = game.activePlayers();
          double[] marginals = new double[players];
          for (int i = 0; i < players; i++) {
            int left = i;
            int[] others = IntStream.range(0, players).filter(j -> j != left).toArray();
            marginals[i] = game.value(IntStream.range(0, players).toArray()) - game.value(others);
          }
          Vector lastMarginals = game.valuesOf(marginals, 0, method).values();
          Vector values = scene.allocate(method, scene.group()).values();
          for (int i = 0; i < game.size(); i++) {
            assertThat(values.get(i))
                .as(scene.description())
                .isGreaterThanOrEqualTo(lastMarginals.get(i) - Games.tolerance(game));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void wrongRollouts_earnExactlyNothingAndChangeNobody(CreditMethod method) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          Vector values = scene.allocate(method, group).values();
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
          Vector alone = scene.allocate(method, group.pick(correct)).values();
          assertThat(alone)
              .as(scene.description())
              .isEqualTo(Vector.of(correct.length, k -> values.get(correct[k])));
        });
  }

  @ParameterizedTest
  @EnumSource
  void duplicatedRollouts_earnTheSameBits(CreditMethod method) {
    forEachGame(
        scene -> {
          int size = scene.group().size();
          int[] twice = IntStream.range(0, 2 * size).map(i -> i % size).toArray();
          Vector values = scene.allocate(method, scene.group().pick(twice)).values();
          assertThat(Vector.of(size, i -> values.get(size + i)))
              .as(scene.description())
              .isEqualTo(Vector.of(size, values::get));
        });
  }

  @ParameterizedTest
  @EnumSource(names = "EXACT")
  void addedDuplicate_raisesNobodyElse(CreditMethod method) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          int size = group.size();
          int copied = scene.random().nextInt(size);
          int[] more = IntStream.range(0, size + 1).map(i -> i < size ? i : copied).toArray();
          Vector before = scene.allocate(method, group).values();
          Vector after = scene.allocate(method, group.pick(more)).values();
          double tolerance = Games.tolerance(scene.game(group.pick(more)));
          for (int i = 0; i < size; i++) {
            assertThat(after.get(i))
                .as(scene.description())
                .isLessThanOrEqualTo(before.get(i) + tolerance);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(names = "EXACT")
  void raisedReward_raisesItsRolloutAndNobodyElse(CreditMethod method) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          int raised = scene.random().nextInt(group.size());
          double reward = Math.max(0, group.rewards().get(raised)) * 1.5 + 0.1;
          SampleGroup better = group.withReward(raised, reward);
          Vector before = scene.allocate(method, group).values();
          Vector after = scene.allocate(method, better).values();
          double tolerance = Games.tolerance(scene.game(better));
          for (int i = 0; i < group.size(); i++) {
            double gain = after.get(i) - before.get(i);
            assertThat(i == raised ? -gain : gain)
                .as(scene.description())
                .isLessThanOrEqualTo(tolerance);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void reorderedRollouts_takeTheirValuesWithThem(CreditMethod method) {
    forEachGame(
        scene -> {
          SampleGroup group = scene.group();
          int[] order = scene.random().nextOrder(group.size());
          Vector values = scene.allocate(method, group).values();
          Vector reordered = scene.allocate(method, group.pick(order)).values();
          double tolerance = Games.tolerance(scene.game(group));
          for (int i = 0; i < group.size(); i++) {
            assertThat(reordered.get(i))
                .as(scene.description())
                .isCloseTo(values.get(order[i]), within(tolerance));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void rotatedAndScaledEmbeddings_keepTheValues(CreditMethod method) {
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
          Vector before = scene.allocate(method, group).values();
          Vector after = scene.allocate(method, same).values();
          double tolerance = Games.tolerance(scene.game(group));
          for (int i = 0; i < group.size(); i++) {
            assertThat(after.get(i))
                .as(scene.description())
                .isCloseTo(before.get(i), within(tolerance));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void teamValue_ofCorrectRollouts_liesBetweenAllAlikeAndAllDifferent(CreditMethod method) {
    forEachGame(
        scene -> {
          SampleGroup correct = scene.group().withRewards(1);
          CoverageGame game = scene.game(correct);
          int players = game.activePlayers();
          assertThat(scene.allocate(method, correct).teamValue())
              .as(scene.description())
              .isBetween(
                  Math.log1p(scene.alpha() * players) - Games.tolerance(game),
                  players * Math.log1p(scene.alpha()) + Games.tolerance(game));
        });
  }

  @ParameterizedTest
  @EnumSource
  void orthogonalClustersOfDuplicates_shareTheirClustersVolume(CreditMethod method) {
    for (int seed = 0; seed < GAMES; seed++) {
      RandomGroups random = new RandomGroups(seed);
      int size = 1 + random.nextInt(10);
      int[] labels = IntStream.range(0, size).map(i -> random.nextInt(4)).toArray();
      double alpha = random.nextAlpha();
      SymmetricMatrix kernel = SymmetricMatrix.of(size, (i, j) -> labels[i] == labels[j] ? 1 : 0);
      Vector values =
          allocation(method)
              .allocate(CoverageGame.of(kernel, Vector.of(size, i -> 1), 0.5, alpha))
              .values();
      for (int i = 0; i < size; i++) {
        int label = labels[i];
        long copies = IntStream.of(labels).filter(other -> other == label).count();
        assertThat(values.get(i))
            .as("seed %d", seed)
            .isCloseTo(Math.log1p(copies * alpha) / copies, within(1e-12));
      }
    }
  }

  private static void forEachGame(Consumer<Scene> property) {
    for (int seed = 0; seed < GAMES; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(MAX_ROLLOUTS);
      property.accept(new Scene(seed, random, group, random.nextAlpha()));
    }
  }

  private static CreditAllocation allocation(CreditMethod method) {
    return switch (method) {
      case EXACT -> new ExactShapley();
      case MATRIX_LOG -> new MatrixLogShapley();
      case SAMPLED -> throw new AssertionError(method);
    };
  }

  private record Scene(int seed, RandomGroups random, SampleGroup group, double alpha) {
    CoverageGame game(SampleGroup of) {
      return Games.of(of, alpha);
    }

    ShapleyValues allocate(CreditMethod method, SampleGroup of) {
      return allocation(method).allocate(game(of));
    }

    String description() {
      return "seed " + seed + ", " + group.kind() + ", alpha " + alpha;
    }
  }
}
