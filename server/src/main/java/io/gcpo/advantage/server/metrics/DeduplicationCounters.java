// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts texts that were the same as another of their request. The pipeline and the cache both see
 * some: their counters are one. Thread-safe.
 */
final class DeduplicationCounters {
  private final Counter texts;
  private final Counter tokens;

  DeduplicationCounters(MeterRegistry registry) {
    texts = Meters.counter(registry, EmbeddingMetrics.TEXTS_DEDUPLICATED);
    tokens = TokenCounters.register(registry, "deduplicated");
  }

  void add(int texts, long tokens) {
    this.texts.increment(texts);
    this.tokens.increment((double) tokens);
  }
}
