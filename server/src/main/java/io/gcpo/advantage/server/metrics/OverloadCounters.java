// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.gcpo.advantage.server.embedding.EmbeddingObserver.Stop;
import io.gcpo.advantage.server.embedding.ShedReason;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;

/** The counters of what is too much; who asks for one twice gets the same. */
final class OverloadCounters {
  private OverloadCounters() {}

  static Counter shed(MeterRegistry registry, String reason) {
    return Meters.counter(registry, RequestMetrics.SHED, MetricNames.REASON, reason);
  }

  static ImmutableMap<ShedReason, Counter> shed(MeterRegistry registry) {
    return Maps.toMap(
        Arrays.asList(ShedReason.values()), reason -> shed(registry, lowerCase(reason)));
  }

  static Counter dropped(MeterRegistry registry, String stage) {
    return Meters.counter(registry, RequestMetrics.DEADLINE_DROPPED, MetricNames.STAGE, stage);
  }

  static ImmutableMap<Stop, Counter> dropped(MeterRegistry registry) {
    return Maps.toMap(Arrays.asList(Stop.values()), stop -> dropped(registry, lowerCase(stop)));
  }

  static Counter nearLimit(MeterRegistry registry, String limit) {
    return Meters.counter(registry, RequestMetrics.NEAR_LIMIT, MetricNames.LIMIT, limit);
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
