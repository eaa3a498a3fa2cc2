// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DiversityChoiceTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void new_thresholdOutOfRange_isRefused(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DiversityChoice(Set.of(), threshold))
        .withMessage("clusterThreshold: " + threshold + " (expected: in (0, 1])");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.MIN_VALUE, 0.9, 1})
  void new_thresholdInRange_isTaken(double threshold) {
    assertThat(new DiversityChoice(Set.of(), threshold).clusterThreshold()).isEqualTo(threshold);
  }

  @Test
  void new_metrics_areCopiedInTheirOrder() {
    Set<DiversityMetric> metrics =
        EnumSet.of(DiversityMetric.SELF_BLEU, DiversityMetric.VENDI_SCORE);
    DiversityChoice choice = new DiversityChoice(metrics, 0.5);
    metrics.clear();
    assertThat(choice.metrics())
        .containsExactly(DiversityMetric.VENDI_SCORE, DiversityMetric.SELF_BLEU)
        .isUnmodifiable();
  }

  @Test
  void default_isWhatWasAlwaysMeasured() {
    assertThat(DiversityChoice.DEFAULT.metrics())
        .containsExactly(
            DiversityMetric.VENDI_SCORE,
            DiversityMetric.PAIRWISE_DISTANCE,
            DiversityMetric.EFFECTIVE_COUNT,
            DiversityMetric.DISTINCT);
    assertThat(DiversityChoice.DEFAULT.clusterThreshold()).isEqualTo(0.9);
  }
}
