// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** One histogram with a tag for the stage, whoever observes it. */
final class StageTimers {
  private StageTimers() {}

  static Timer register(MeterRegistry registry, String stage) {
    return Timer.builder(MetricNames.STAGE_DURATION)
        .description("Time that a request, a group, a window or a batch spends in a stage")
        .tag(MetricNames.STAGE, stage)
        .serviceLevelObjectives(MetricNames.durationBuckets())
        .register(registry);
  }
}
