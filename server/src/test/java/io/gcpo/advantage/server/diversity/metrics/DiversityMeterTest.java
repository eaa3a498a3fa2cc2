// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DiversityMeterTest {
  private static final DiversityChoice ALL = DiversityChoice.of(DiversityMetric.values());

  @Test
  void measure_empty_isAllZero() {
    DiversityMetrics zero =
        DiversityMetrics.builder(0)
            .vendiScores(new VendiScores(0, 0, 0, 0))
            .pairwiseDistances(new PairwiseDistances(0, 0, 0))
            .logDetVolume(0)
            .effectiveCount(0)
            .effectiveRank(0)
            .distinct(0)
            .clusters(new ClusterDiversity(0, 0))
            .distinctNGrams(new DistinctNGrams(0, 0, 0))
            .selfBleu(0)
            .uniqueTextRatio(0)
            .build();
    assertThat(DiversityMeter.measure(ALL, set(SymmetricMatrix.of(0, (i, j) -> 1), List.of())))
        .isEqualTo(zero);
  }

  @Test
  void measure_single_countsOne() {
    DiversityMetrics one =
        DiversityMetrics.builder(1)
            .vendiScores(new VendiScores(1, 1, 1, 1))
            .pairwiseDistances(new PairwiseDistances(0, 0, 0))
            .logDetVolume(StrictMath.log(2))
            .effectiveCount(1)
            .effectiveRank(1)
            .distinct(1)
            .clusters(new ClusterDiversity(1, 0))
            .distinctNGrams(new DistinctNGrams(2.0 / 3, 1, 1))
            .selfBleu(0)
            .uniqueTextRatio(1)
            .build();
    for (int diagonal : new int[] {1, 0}) {
      SymmetricMatrix kernel = SymmetricMatrix.of(1, (i, j) -> diagonal);
      assertThat(DiversityMeter.measure(ALL, set(kernel, List.of("a b a"))))
          .as("K_00 = %d", diagonal)
          .isEqualTo(one);
    }
  }

  @Test
  void measure_identical_isOneRollout() {
    DiversityMetrics metrics =
        DiversityMeter.measure(
            ALL, set(SymmetricMatrix.of(7, (i, j) -> 1), Collections.nCopies(7, "a b c d")));
    VendiScores vendi = metrics.vendiScores().orElseThrow();
    for (double score :
        new double[] {
          vendi.orderHalf(), vendi.orderOne(), vendi.orderTwo(), vendi.orderInfinity()
        }) {
      assertThat(score).isCloseTo(1, within(1e-12)).isGreaterThanOrEqualTo(1);
    }
    assertThat(metrics.pairwiseDistances()).contains(new PairwiseDistances(0, 0, 0));
    assertThat(metrics.logDetVolume().orElseThrow()).isCloseTo(Math.log(8), within(1e-12));
    assertThat(metrics.effectiveCount().orElseThrow()).isCloseTo(3, within(1e-12));
    assertThat(metrics.effectiveRank().orElseThrow()).isCloseTo(1, within(1e-12));
    assertThat(metrics.distinct()).hasValue(1);
    assertThat(metrics.clusters()).contains(new ClusterDiversity(1, 0));
    assertThat(metrics.distinctNGrams()).contains(new DistinctNGrams(4.0 / 28, 3.0 / 21, 2.0 / 14));
    assertThat(metrics.selfBleu()).hasValue(1);
    assertThat(metrics.uniqueTextRatio()).hasValue(1.0 / 7);
  }

  @Test
  void measure_orthogonalOrZero_isAllDifferent() {
    SymmetricMatrix kernel = SymmetricMatrix.of(5, (i, j) -> i == j && i > 1 ? 1 : 0);
    DiversityMetrics metrics =
        DiversityMeter.measure(ALL, set(kernel, List.of("a", "b", "c", "d", "e")));
    VendiScores vendi = metrics.vendiScores().orElseThrow();
    for (double score :
        new double[] {
          vendi.orderHalf(), vendi.orderOne(), vendi.orderTwo(), vendi.orderInfinity()
        }) {
      assertThat(score).isCloseTo(5, within(1e-12)).isLessThanOrEqualTo(5);
    }
    assertThat(metrics.pairwiseDistances()).contains(new PairwiseDistances(1, 1, 1));
    assertThat(metrics.effectiveCount().orElseThrow()).isCloseTo(5, within(1e-12));
    assertThat(metrics.effectiveRank().orElseThrow()).isCloseTo(5, within(1e-12));
    assertThat(metrics.distinct()).hasValue(5);
    ClusterDiversity clusters = metrics.clusters().orElseThrow();
    assertThat(clusters.count()).isEqualTo(5);
    assertThat(clusters.entropy()).isCloseTo(Math.log(5), within(1e-12));
    assertThat(metrics.selfBleu()).hasValue(0);
    assertThat(metrics.uniqueTextRatio()).hasValue(1);
  }

  @Test
  void measure_opposite_isTwoApart() {
    SymmetricMatrix kernel = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : -1);
    assertThat(measure(DiversityMetric.PAIRWISE_DISTANCE, kernel).pairwiseDistances())
        .contains(new PairwiseDistances(2, 2, 2));
  }

  @Test
  void measure_nearDuplicates_areOneFromTheThresholdOn() {
    SymmetricMatrix same = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : 1 - 0.9e-6);
    SymmetricMatrix apart = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : 1 - 1.1e-6);
    assertThat(measure(DiversityMetric.DISTINCT, same).distinct()).hasValue(1);
    assertThat(measure(DiversityMetric.DISTINCT, apart).distinct()).hasValue(2);
  }

  @Test
  void measure_clusters_useTheCallersThreshold() {
    SymmetricMatrix kernel = SymmetricMatrix.of(4, (i, j) -> i == j ? 1 : j < 2 && i < 3 ? 0.8 : 0);
    assertThat(clusters(kernel, 0.8).count()).isEqualTo(2);
    assertThat(clusters(kernel, 0.8).entropy())
        .isCloseTo(-0.75 * Math.log(0.75) - 0.25 * Math.log(0.25), within(1e-15));
    assertThat(clusters(kernel, 0.81).count()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void measure_oneMetric_leavesTheOthersOut(DiversityMetric metric) {
    SymmetricMatrix kernel = SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.5);
    List<String> texts = List.of("a b c", "a b d", "e");
    // Only what the metric needs is there: it cannot have been made from anything else.
    RolloutSet set =
        metric.needsSimilarity() ? RolloutSet.ofSimilarity(kernel) : RolloutSet.ofTexts(texts);
    DiversityMetrics alone = DiversityMeter.measure(DiversityChoice.of(metric), set);
    assertThat(present(alone)).containsExactly(metric);
    assertThat(DiversityMeter.measure(DiversityChoice.of(metric), set(kernel, texts)))
        .isEqualTo(alone);
  }

  @Test
  void measure_nothing_needsNothing() {
    RolloutSet set = new RolloutSet(3, Optional.empty(), Optional.empty());
    DiversityMetrics metrics = DiversityMeter.measure(DiversityChoice.of(), set);
    assertThat(metrics).isEqualTo(DiversityMetrics.builder(3).build());
    assertThat(present(metrics)).isEmpty();
  }

  @Test
  void measure_allTogether_equalsEachAlone() {
    SymmetricMatrix kernel = SymmetricMatrix.of(6, (i, j) -> i == j ? 1 : 0.9 - 0.1 * (i - j));
    List<String> texts = List.of("a b c d e", "a b c d", "a b", "c d e a b", "", "a b c d e");
    DiversityMetrics all = DiversityMeter.measure(ALL, set(kernel, texts));
    assertThat(present(all)).containsExactly(DiversityMetric.values());
    for (DiversityMetric metric : DiversityMetric.values()) {
      DiversityMetrics alone =
          DiversityMeter.measure(DiversityChoice.of(metric), set(kernel, texts));
      assertThat(valueOf(metric, alone)).isEqualTo(valueOf(metric, all)).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource
  void measure_missingInput_isRefusedByName(DiversityMetric metric) {
    RolloutSet set =
        metric.needsSimilarity()
            ? RolloutSet.ofTexts(List.of("a"))
            : RolloutSet.ofSimilarity(SymmetricMatrix.of(1, (i, j) -> 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiversityMeter.measure(DiversityChoice.of(metric), set))
        .withMessage(
            metric.needsSimilarity()
                ? "similarity: none (expected: a kernel, for " + metric + ")"
                : "texts: none (expected: one for each rollout, for " + metric + ")");
  }

  @Test
  void needs_eachMetric_isOneOfTheTwo() {
    for (DiversityMetric metric : DiversityMetric.values()) {
      assertThat(metric.needsTexts()).as(metric.name()).isNotEqualTo(metric.needsSimilarity());
    }
  }

  @Test
  void measure_64TextsOf32768Tokens_isExact() {
    int period = 1000;
    int length = 1 << 15;
    String text =
        IntStream.range(0, length)
            .mapToObj(k -> "word" + k % period)
            .collect(Collectors.joining(" "));
    DiversityMetrics metrics =
        DiversityMeter.measure(
            DiversityChoice.of(DiversityMetric.DISTINCT_N, DiversityMetric.SELF_BLEU),
            RolloutSet.ofTexts(Collections.nCopies(64, text)));
    assertThat(metrics.selfBleu()).hasValue(1);
    assertThat(metrics.distinctNGrams())
        .contains(
            new DistinctNGrams(
                period / (64.0 * length),
                period / (64.0 * (length - 1)),
                period / (64.0 * (length - 2))));
  }

  private static List<DiversityMetric> present(DiversityMetrics metrics) {
    return List.of(DiversityMetric.values()).stream()
        .filter(metric -> valueOf(metric, metrics).isPresent())
        .toList();
  }

  private static Optional<Object> valueOf(DiversityMetric metric, DiversityMetrics metrics) {
    return switch (metric) {
      case VENDI_SCORE -> metrics.vendiScores().map(Object.class::cast);
      case PAIRWISE_DISTANCE -> metrics.pairwiseDistances().map(Object.class::cast);
      case LOG_DET_VOLUME -> metrics.logDetVolume().stream().boxed().<Object>map(v -> v).findAny();
      case EFFECTIVE_COUNT ->
          metrics.effectiveCount().stream().boxed().<Object>map(v -> v).findAny();
      case EFFECTIVE_RANK -> metrics.effectiveRank().stream().boxed().<Object>map(v -> v).findAny();
      case DISTINCT -> metrics.distinct().stream().boxed().<Object>map(v -> v).findAny();
      case CLUSTERS -> metrics.clusters().map(Object.class::cast);
      case DISTINCT_N -> metrics.distinctNGrams().map(Object.class::cast);
      case SELF_BLEU -> metrics.selfBleu().stream().boxed().<Object>map(v -> v).findAny();
      case UNIQUE_TEXT_RATIO ->
          metrics.uniqueTextRatio().stream().boxed().<Object>map(v -> v).findAny();
    };
  }

  private static ClusterDiversity clusters(SymmetricMatrix kernel, double threshold) {
    DiversityChoice choice = new DiversityChoice(Set.of(DiversityMetric.CLUSTERS), threshold);
    return DiversityMeter.measure(choice, RolloutSet.ofSimilarity(kernel)).clusters().orElseThrow();
  }

  private static DiversityMetrics measure(DiversityMetric metric, SymmetricMatrix kernel) {
    return DiversityMeter.measure(DiversityChoice.of(metric), RolloutSet.ofSimilarity(kernel));
  }

  private static RolloutSet set(SymmetricMatrix kernel, List<String> texts) {
    return new RolloutSet(kernel.size(), Optional.of(kernel), Optional.of(texts));
  }
}
