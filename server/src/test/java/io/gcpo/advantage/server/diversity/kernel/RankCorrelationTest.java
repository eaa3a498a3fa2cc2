// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void of_monotone_isOne() {
    assertThat(correlation(new double[] {1, 2, 3, 9}, new double[] {-5, 0, 1e6, 1e9})).isEqualTo(1);
    assertThat(correlation(new double[] {1, 2, 3}, new double[] {3, 2, 1})).isEqualTo(-1);
  }

  @Test
  void of_ties_takeTheMeanRank() {
    // scipy.stats.spearmanr([1, 2, 2, 4], [1, 3, 2, 2])
    assertThat(correlation(new double[] {1, 2, 2, 4}, new double[] {1, 3, 2, 2}))
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void of_constant_isAbsent() {
    assertThat(RankCorrelation.of(new double[] {1, 1}, new double[] {1, 2})).isEmpty();
    assertThat(RankCorrelation.of(new double[] {}, new double[] {})).isEmpty();
  }

  @Test
  void of_otherLength_isRefused() {
    assertThatThrownBy(() -> RankCorrelation.of(new double[] {1}, new double[] {1, 2}))
        .hasMessage("right: 2 values (expected: 1)");
  }

  private static double correlation(double[] left, double[] right) {
    return RankCorrelation.of(left, right).orElseThrow();
  }
}
