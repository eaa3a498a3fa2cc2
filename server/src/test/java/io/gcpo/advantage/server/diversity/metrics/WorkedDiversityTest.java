// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.testing.SampleGroup;
import io.gcpo.advantage.server.testing.WorkedExamples;
import org.junit.jupiter.api.Test;

/** The metrics of the groups whose values were worked out by two independent programs. */
final class WorkedDiversityTest {
  private static final double TOLERANCE = 1e-9;

  @Test
  void measure_exampleA_hasKnownValues() {
    DiversityMetrics metrics = measure(WorkedExamples.A);
    assertThat(metrics.count()).isEqualTo(4);
    assertVendi(metrics, 1.5 + Math.sqrt(2), Math.sqrt(8), 8.0 / 3, 2, TOLERANCE);
    assertDistances(metrics, 5.0 / 6, 0, 1);
    assertThat(metrics.logDetVolume().orElseThrow()).isCloseTo(Math.log(12), within(TOLERANCE));
    assertThat(metrics.effectiveCount().orElseThrow())
        .isCloseTo(Math.log(12) / Math.log(2), within(TOLERANCE));
    assertThat(metrics.distinct()).hasValue(3);
    assertThat(metrics.clusters().orElseThrow().count()).isEqualTo(3);
    assertThat(metrics.clusters().orElseThrow().entropy())
        .isCloseTo(1.5 * Math.log(2), within(TOLERANCE));
    // Singular values sqrt 2, 1, 1.
    double first = Math.sqrt(2) / (2 + Math.sqrt(2));
    double rest = (1 - first) / 2;
    assertThat(metrics.effectiveRank().orElseThrow())
        .isCloseTo(
            Math.exp(-first * Math.log(first) - 2 * rest * Math.log(rest)), within(TOLERANCE));
  }

  @Test
  void measure_exampleB_hasKnownValues() {
    DiversityMetrics metrics = measure(WorkedExamples.B);
    assertVendi(metrics, 2.675128, 2.429356, 2.122241, 1.612903, 1e-6);
    assertDistances(metrics, 0.52, 0.2, 1);
    assertThat(metrics.logDetVolume().orElseThrow()).isCloseTo(2.339224014652, within(TOLERANCE));
    assertThat(metrics.effectiveCount().orElseThrow())
        .isCloseTo(2.339224014652 / Math.log(2), within(TOLERANCE));
    assertThat(metrics.effectiveCount().orElseThrow()).isCloseTo(3.374787, within(1e-6));
    assertThat(metrics.effectiveRank().orElseThrow()).isCloseTo(2.821135, within(1e-6));
    assertThat(metrics.distinct()).hasValue(4);
    assertThat(metrics.clusters().orElseThrow().count()).isEqualTo(4);
    assertThat(metrics.clusters().orElseThrow().entropy())
        .isCloseTo(Math.log(4), within(TOLERANCE));
  }

  private static DiversityMetrics measure(SampleGroup group) {
    return DiversityMeter.measure(
        KernelMetrics.ALL, RolloutSet.ofSimilarity(CosineKernel.of(group.embeddings())));
  }

  private static void assertVendi(
      DiversityMetrics metrics,
      double half,
      double one,
      double two,
      double infinity,
      double tolerance) {
    VendiScores vendi = metrics.vendiScores().orElseThrow();
    assertThat(vendi.orderHalf()).isCloseTo(half, within(tolerance));
    assertThat(vendi.orderOne()).isCloseTo(one, within(tolerance));
    assertThat(vendi.orderTwo()).isCloseTo(two, within(tolerance));
    assertThat(vendi.orderInfinity()).isCloseTo(infinity, within(tolerance));
  }

  private static void assertDistances(
      DiversityMetrics metrics, double mean, double min, double max) {
    PairwiseDistances distances = metrics.pairwiseDistances().orElseThrow();
    assertThat(distances.mean()).isCloseTo(mean, within(TOLERANCE));
    assertThat(distances.min()).isCloseTo(min, within(TOLERANCE));
    assertThat(distances.max()).isCloseTo(max, within(TOLERANCE));
  }
}
