// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricNamesTest {
  @Test
  void durationBuckets_range_isHalfAMillisecondToAMinute() {
    Duration[] buckets = MetricNames.durationBuckets();
    assertThat(buckets).hasSize(26).isSorted().doesNotHaveDuplicates();
    assertThat(buckets[0]).isEqualTo(Duration.ofNanos(500_000));
    assertThat(buckets[1]).isEqualTo(Duration.ofNanos(800_000));
    assertThat(buckets[25]).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void powersOfTwo_max_isLast() {
    assertThat(MetricNames.powersOfTwo(8)).containsExactly(1, 2, 4, 8);
    assertThat(MetricNames.powersOfTwo(9)).containsExactly(1, 2, 4, 8);
  }

  @Test
  void ratioBuckets_steps_areTwentieths() {
    assertThat(MetricNames.ratioBuckets()).hasSize(20).startsWith(0.05, 0.1, 0.15).endsWith(1.0);
  }

  @Test
  void otherBuckets_order_isAscending() {
    assertThat(MetricNames.rewardDeviationBuckets()).isSorted();
    assertThat(MetricNames.vendiScoreBuckets()).isSorted();
  }
}
