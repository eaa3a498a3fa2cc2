// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.diversity.CosineKernel;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import org.junit.jupiter.api.Test;

final class DiversityMeterTest {

  @Test
  void measure_empty_isAllZero() {
    assertThat(DiversityMeter.measure(SymmetricMatrix.of(0, (i, j) -> 1)))
        .isEqualTo(DiversityMetrics.EMPTY);
  }

  @Test
  void measure_single_countsOne() {
    DiversityMetrics one = new DiversityMetrics(1, 1, 0, 1, 1);
    assertThat(DiversityMeter.measure(SymmetricMatrix.of(1, (i, j) -> 1))).isEqualTo(one);
    assertThat(DiversityMeter.measure(SymmetricMatrix.of(1, (i, j) -> 0)))
        .as("a zero vector")
        .isEqualTo(one);
  }

  @Test
  void measure_identical_isOneRollout() {
    DiversityMetrics metrics = DiversityMeter.measure(SymmetricMatrix.of(7, (i, j) -> 1));
    assertThat(metrics.vendiScore()).isCloseTo(1, within(1e-12)).isGreaterThanOrEqualTo(1);
    assertThat(metrics.meanPairwiseDistance()).isZero();
    assertThat(metrics.effectiveCount()).isCloseTo(3, within(1e-12));
    assertThat(metrics.distinct()).isEqualTo(1);
  }

  @Test
  void measure_orthogonalOrZero_isAllDifferent() {
    DiversityMetrics metrics =
        DiversityMeter.measure(SymmetricMatrix.of(5, (i, j) -> i == j && i > 1 ? 1 : 0));
    assertThat(metrics.vendiScore()).isCloseTo(5, within(1e-12)).isLessThanOrEqualTo(5);
    assertThat(metrics.meanPairwiseDistance()).isEqualTo(1);
    assertThat(metrics.effectiveCount()).isCloseTo(5, within(1e-12));
    assertThat(metrics.distinct()).isEqualTo(5);
  }

  @Test
  void measure_opposite_isTwoApart() {
    SymmetricMatrix kernel = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : -1);
    assertThat(DiversityMeter.measure(kernel).meanPairwiseDistance()).isEqualTo(2);
  }

  @Test
  void measure_nearDuplicates_areOneFromTheThresholdOn() {
    SymmetricMatrix same = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : 1 - 0.9e-6);
    SymmetricMatrix apart = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : 1 - 1.1e-6);
    assertThat(DiversityMeter.measure(same).distinct()).isEqualTo(1);
    assertThat(DiversityMeter.measure(apart).distinct()).isEqualTo(2);
  }

  @Test
  void measure_randomGroups_staysInDocumentedRanges() {
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup group = new RandomGroups(seed).next(16);
      int count = group.size();
      DiversityMetrics metrics = DiversityMeter.measure(CosineKernel.of(group.embeddings()));
      String description = "seed " + seed + ", " + group.kind();
      assertThat(metrics.vendiScore()).as(description).isBetween(1.0, (double) count);
      assertThat(metrics.meanPairwiseDistance()).as(description).isBetween(0.0, 2.0);
      assertThat(metrics.effectiveCount())
          .as(description)
          .isBetween(Math.log(1 + count) / Math.log(2) - 1e-9, count + 1e-9);
      assertThat(metrics.distinct()).as(description).isBetween(1, count);
    }
  }
}
