// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the cache of embeddings does. Thread-safe. */
final class MicrometerCacheObserver implements CacheObserver {
  private final AtomicLong bytes = new AtomicLong();
  private final Counter hits;
  private final Counter misses;
  private final Counter evictions;

  MicrometerCacheObserver(MeterRegistry registry) {
    hits =
        Counter.builder(MetricNames.CACHE_HITS)
            .description("Texts whose embedding was in the cache")
            .baseUnit("texts")
            .register(registry);
    misses =
        Counter.builder(MetricNames.CACHE_MISSES)
            .description("Texts whose embedding was not in the cache")
            .baseUnit("texts")
            .register(registry);
    evictions =
        Counter.builder(MetricNames.CACHE_EVICTIONS)
            .description("Embeddings that had to leave the cache for others")
            .baseUnit("embeddings")
            .register(registry);
    Gauge.builder(MetricNames.CACHE_BYTES, bytes, AtomicLong::get)
        .description("Memory of the embeddings in the cache, by estimate")
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void lookedUp(int hits, int misses) {
    this.hits.increment(hits);
    this.misses.increment(misses);
  }

  @Override
  public void stored(int bytes) {
    this.bytes.addAndGet(bytes);
  }

  @Override
  public void evicted(int bytes) {
    evictions.increment();
    this.bytes.addAndGet(-bytes);
  }
}
