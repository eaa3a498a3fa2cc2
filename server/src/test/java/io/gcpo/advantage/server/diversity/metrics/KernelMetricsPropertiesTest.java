// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for the metrics of any kernel. */
final class KernelMetricsPropertiesTest {
  private static final int GROUPS = 1000;
  private static final double TOLERANCE = 1e-9;

  /** Of metrics of singular values: the root of a tiny eigenvalue has half its digits. */
  private static final double ROOT_TOLERANCE = 1e-8;

  @Test
  void measure_randomGroups_staysInDocumentedRanges() {
    forEachGroup(
        (description, group) -> {
          int count = group.size();
          DiversityMetrics metrics = measure(group);
          assertThat(metrics.doubles().toArray())
              .as(description)
              .hasSize(11)
              .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
          PairwiseDistances distances = metrics.pairwiseDistances().orElseThrow();
          assertThat(distances.min()).as(description).isBetween(0.0, distances.mean());
          assertThat(distances.max()).as(description).isBetween(distances.mean(), 2.0);
          if (count > 1) {
            assertThat(distances.mean())
                .as(description)
                .isLessThanOrEqualTo(count / (count - 1.0) + TOLERANCE);
          }
          double volume = metrics.logDetVolume().orElseThrow();
          assertThat(volume)
              .as(description)
              .isBetween(Math.log(1 + count) - TOLERANCE, count * Math.log(2) + TOLERANCE);
          assertThat(metrics.effectiveCount().orElseThrow())
              .as(description)
              .isEqualTo(volume / Math.log(2));
          assertThat(metrics.distinct().orElseThrow()).as(description).isBetween(1, count);
          ClusterDiversity clusters = metrics.clusters().orElseThrow();
          assertThat(clusters.count())
              .as(description)
              .isBetween(1, metrics.distinct().orElseThrow());
          assertThat(clusters.entropy())
              .as(description)
              .isBetween(0.0, Math.log(clusters.count()) + TOLERANCE);
        });
  }

  @Test
  void measure_vendiScores_fallWithTheOrderAndStayBelowTheRank() {
    forEachGroup(
        (description, group) -> {
          DiversityMetrics metrics = measure(group);
          VendiScores vendi = metrics.vendiScores().orElseThrow();
          double rank = metrics.effectiveRank().orElseThrow();
          double[] rising = {
            1,
            vendi.orderInfinity(),
            vendi.orderTwo(),
            vendi.orderOne(),
            vendi.orderHalf(),
            rank,
            group.size()
          };
          for (int k = 1; k < rising.length; k++) {
            assertThat(rising[k - 1]).as(description).isLessThanOrEqualTo(rising[k] + TOLERANCE);
          }
          assertThat(vendi.orderInfinity()).as(description).isGreaterThanOrEqualTo(1);
          assertThat(rank).as(description).isLessThanOrEqualTo(group.size());
          if (!hasZeroVector(group)) {
            assertThat(rank)
                .as(description)
                .isLessThanOrEqualTo(group.embeddings().columns() + ROOT_TOLERANCE);
          }
        });
  }

  @Test
  void measure_vendiScoreOfOrderTwo_isTheParticipationRatio() {
    forEachGroup(
        (description, group) -> {
          SymmetricMatrix kernel = CosineKernel.of(group.embeddings());
          double squares = 0;
          for (int i = 0; i < group.size(); i++) {
            for (int j = 0; j < group.size(); j++) {
              squares += i == j ? 1 : kernel.get(i, j) * kernel.get(i, j);
            }
          }
          double expected = group.size() * group.size() / squares;
          assertThat(measure(group).vendiScores().orElseThrow().orderTwo())
              .as(description)
              .isCloseTo(expected, within(TOLERANCE));
        });
  }

  @Test
  void measure_otherOrder_changesRoundingOnly() {
    forEachGroup(
        (description, group) -> {
          int[] order = new RandomGroups(description.hashCode()).nextOrder(group.size());
          assertSame(description, measure(group), measure(group.pick(order)));
        });
  }

  @Test
  void measure_everyRolloutTwice_isAsDiverse() {
    forEachGroup(
        (description, group) -> {
          if (hasZeroVector(group)) {
            return; // Two zero vectors are not alike.
          }
          int count = group.size();
          DiversityMetrics once = measure(group);
          DiversityMetrics twice =
              measure(group.pick(IntStream.range(0, 2 * count).map(k -> k % count).toArray()));
          assertVendi(description, once, twice);
          assertThat(twice.distinct()).as(description).isEqualTo(once.distinct());
          assertClusters(description, once, twice);
          assertThat(twice.pairwiseDistances().orElseThrow().min()).as(description).isZero();
        });
  }

  @Test
  void measure_oneRolloutMore_addsToTheVolumeAndTheRange() {
    forEachGroup(
        (description, group) -> {
          DiversityMetrics all = measure(group);
          DiversityMetrics fewer =
              measure(group.pick(IntStream.range(0, group.size() - 1).toArray()));
          assertThat(all.logDetVolume().orElseThrow())
              .as(description)
              .isGreaterThanOrEqualTo(fewer.logDetVolume().orElseThrow() - TOLERANCE);
          assertThat(all.pairwiseDistances().orElseThrow().max())
              .as(description)
              .isGreaterThanOrEqualTo(fewer.pairwiseDistances().orElseThrow().max());
          assertThat(all.distinct().orElseThrow())
              .as(description)
              .isLessThanOrEqualTo(fewer.distinct().orElseThrow() + 1);
        });
  }

  @Test
  void measure_higherThreshold_neverJoinsClusters() {
    forEachGroup(
        (description, group) -> {
          int before = 0;
          for (double threshold : new double[] {0.1, 0.5, 0.9, 0.99, 1}) {
            DiversityChoice choice =
                new DiversityChoice(Set.of(DiversityMetric.CLUSTERS), threshold);
            int clusters =
                DiversityMeter.measure(choice, set(group)).clusters().orElseThrow().count();
            assertThat(clusters).as(description).isGreaterThanOrEqualTo(before);
            before = clusters;
          }
        });
  }

  private static void assertSame(String description, DiversityMetrics a, DiversityMetrics b) {
    assertVendi(description, a, b);
    assertThat(b.distinct()).as(description).isEqualTo(a.distinct());
    assertClusters(description, a, b);
    PairwiseDistances distances = a.pairwiseDistances().orElseThrow();
    PairwiseDistances others = b.pairwiseDistances().orElseThrow();
    assertThat(others.min()).as(description).isEqualTo(distances.min());
    assertThat(others.max()).as(description).isEqualTo(distances.max());
    assertThat(others.mean()).as(description).isCloseTo(distances.mean(), within(TOLERANCE));
    assertThat(b.logDetVolume().orElseThrow())
        .as(description)
        .isCloseTo(a.logDetVolume().orElseThrow(), within(TOLERANCE));
  }

  private static void assertClusters(String description, DiversityMetrics a, DiversityMetrics b) {
    ClusterDiversity clusters = a.clusters().orElseThrow();
    ClusterDiversity others = b.clusters().orElseThrow();
    assertThat(others.count()).as(description).isEqualTo(clusters.count());
    assertThat(others.entropy()).as(description).isCloseTo(clusters.entropy(), within(TOLERANCE));
  }

  private static void assertVendi(String description, DiversityMetrics a, DiversityMetrics b) {
    VendiScores vendi = a.vendiScores().orElseThrow();
    VendiScores others = b.vendiScores().orElseThrow();
    assertThat(others.orderOne()).as(description).isCloseTo(vendi.orderOne(), within(TOLERANCE));
    assertThat(others.orderTwo()).as(description).isCloseTo(vendi.orderTwo(), within(TOLERANCE));
    assertThat(others.orderInfinity())
        .as(description)
        .isCloseTo(vendi.orderInfinity(), within(TOLERANCE));
    assertThat(others.orderHalf())
        .as(description)
        .isCloseTo(vendi.orderHalf(), within(ROOT_TOLERANCE));
    assertThat(b.effectiveRank().orElseThrow())
        .as(description)
        .isCloseTo(a.effectiveRank().orElseThrow(), within(ROOT_TOLERANCE));
  }

  private static boolean hasZeroVector(SampleGroup group) {
    return IntStream.range(0, group.size()).anyMatch(i -> group.embeddings().dot(i, i) == 0);
  }

  private static void forEachGroup(BiConsumer<String, SampleGroup> check) {
    for (int seed = 0; seed < GROUPS; seed++) {
      SampleGroup group = new RandomGroups(seed).next(16);
      check.accept("seed " + seed + ", " + group.kind(), group);
    }
  }

  private static DiversityMetrics measure(SampleGroup group) {
    return DiversityMeter.measure(KernelMetrics.ALL, set(group));
  }

  private static RolloutSet set(SampleGroup group) {
    return RolloutSet.ofSimilarity(CosineKernel.of(group.embeddings()));
  }
}
