// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Registers the counters of tokens, one for each thing that may become of one. */
final class TokenCounters {
  private TokenCounters() {}

  static Counter register(MeterRegistry registry, String kind) {
    return Meters.counter(registry, EmbeddingMetrics.TOKENS, MetricNames.KIND, kind);
  }
}
