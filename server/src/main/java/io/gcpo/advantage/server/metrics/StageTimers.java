// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** One histogram with a tag for the stage, whoever observes it. */
final class StageTimers {
  private StageTimers() {}

  static Timer register(MeterRegistry registry, String stage) {
    return Meters.timer(registry, EmbeddingMetrics.STAGE_DURATION, MetricNames.STAGE, stage);
  }
}
