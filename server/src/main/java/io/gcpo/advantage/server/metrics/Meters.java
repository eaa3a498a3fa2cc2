// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** Registers meters as the catalogue declares them; {@code tags} are keys and values in turn. */
final class Meters {
  private Meters() {}

  static Counter counter(MeterRegistry registry, Metric metric, String... tags) {
    return Counter.builder(metric.name())
        .description(metric.help())
        .baseUnit(metric.unit())
        .tags(tags)
        .register(registry);
  }

  static Timer timer(MeterRegistry registry, Metric metric, String... tags) {
    return Timer.builder(metric.name())
        .description(metric.help())
        .serviceLevelObjectives(MetricNames.durationBuckets())
        .tags(tags)
        .register(registry);
  }

  static DistributionSummary summary(MeterRegistry registry, Metric metric, double[] upperBounds) {
    return DistributionSummary.builder(metric.name())
        .description(metric.help())
        .baseUnit(metric.unit())
        .serviceLevelObjectives(upperBounds)
        .register(registry);
  }

  /** Asks {@code value}, which it keeps, at each scrape. */
  @CanIgnoreReturnValue
  static Gauge gauge(
      MeterRegistry registry, Metric metric, Supplier<Number> value, String... tags) {
    return Gauge.builder(metric.name(), value)
        .description(metric.help())
        .baseUnit(metric.unit())
        .tags(tags)
        .register(registry);
  }
}
