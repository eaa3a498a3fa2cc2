// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.gcpo.advantage.server.metrics.catalog.ServerMetrics;
import io.gcpo.advantage.server.tracing.SpanObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** Counts spans by what became of them. Thread-safe. */
final class MicrometerSpanObserver implements SpanObserver {
  private final ImmutableMap<Outcome, Counter> spans;

  MicrometerSpanObserver(MeterRegistry registry) {
    spans =
        Maps.toMap(
            Arrays.asList(Outcome.values()),
            outcome ->
                Meters.counter(
                    registry,
                    ServerMetrics.TRACE_SPANS,
                    MetricNames.OUTCOME,
                    outcome.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void spansLeft(Outcome outcome, int count) {
    Objects.requireNonNull(spans.get(outcome)).increment(count);
  }
}
