// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableSet;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Makes the registry that everything is measured into. */
final class PrometheusRegistries {
  /** Micrometer's own that {@code promtool check metrics} objects to. */
  private static final ImmutableSet<String> ILL_NAMED =
      ImmutableSet.of("process.cpu.time", "system.cpu.count");

  private PrometheusRegistries() {}

  /** Refuses a meter whose tags differ from those of its namesake, instead of losing it. */
  static PrometheusMeterRegistry create() {
    return create(null);
  }

  /** The same, with exemplars that name the spans of {@code trace}. */
  static PrometheusMeterRegistry create(@Nullable SpanContext trace) {
    PrometheusMeterRegistry registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, trace);
    registry.config().namingConvention(new ExactNaming(registry.config().namingConvention()));
    registry.config().meterFilter(MeterFilter.deny(id -> ILL_NAMED.contains(id.getName())));
    return registry.throwExceptionOnRegistrationFailure();
  }
}
