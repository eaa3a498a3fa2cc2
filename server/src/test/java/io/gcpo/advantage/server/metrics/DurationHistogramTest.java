// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationHistogramTest {
  /** One up to 1 s, none up to 2 s, two up to 4 s, one above. */
  private static final DurationHistogram FOUR =
      new DurationHistogram(4, 15, List.of(1.0, 2.0, 4.0), List.of(1.0, 1.0, 3.0));

  @ParameterizedTest
  @CsvSource({"0.125, 0.5", "0.25, 1", "0.5, 3", "0.75, 4", "0.99, 4", "1, 4"})
  void quantile_isInterpolatedInItsBucket(double share, double seconds) {
    assertThat(FOUR.quantile(share)).hasValue(seconds);
  }

  @Test
  void mean_isTotalByCount() {
    assertThat(FOUR.mean()).hasValue(3.75);
  }

  @Test
  void none_hasNoNumbers() {
    assertThat(DurationHistogram.NONE.mean()).isEmpty();
    assertThat(DurationHistogram.NONE.quantile(0.5)).isEmpty();
    assertThat(FOUR.since(FOUR).mean()).isEmpty();
    assertThat(FOUR.since(FOUR).quantile(0.99)).isEmpty();
  }

  @Test
  void since_leavesOutWhatWasBefore() {
    DurationHistogram earlier =
        new DurationHistogram(1, 0.5, List.of(1.0, 2.0, 4.0), List.of(1.0, 1.0, 1.0));

    assertThat(FOUR.since(earlier))
        .isEqualTo(new DurationHistogram(3, 14.5, List.of(1.0, 2.0, 4.0), List.of(0.0, 0.0, 2.0)));
    assertThat(FOUR.since(DurationHistogram.NONE)).isEqualTo(FOUR);
  }
}
