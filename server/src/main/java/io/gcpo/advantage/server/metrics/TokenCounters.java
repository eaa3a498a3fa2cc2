// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Registers the counters of tokens, one for each thing that may become of one. */
final class TokenCounters {
  private TokenCounters() {}

  static Counter register(MeterRegistry registry, String kind) {
    return Counter.builder(MetricNames.TOKENS)
        .description(
            "Tokens that went through the model (real, padding), were cut (truncated), or were"
                + " spared the model by another call (cache_hit) or the same one (deduplicated)")
        .baseUnit("tokens")
        .tag(MetricNames.KIND, kind)
        .register(registry);
  }
}
