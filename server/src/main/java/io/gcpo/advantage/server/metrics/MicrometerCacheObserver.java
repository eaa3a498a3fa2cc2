// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.metrics.catalog.CacheMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the cache of embeddings does. Thread-safe. */
final class MicrometerCacheObserver implements CacheObserver {
  private final AtomicLong bytes = new AtomicLong();
  private final Counter hits;
  private final Counter misses;
  private final Counter evictions;
  private final Counter hitTokens;
  private final DeduplicationCounters deduplicated;

  MicrometerCacheObserver(MeterRegistry registry) {
    hits = Meters.counter(registry, CacheMetrics.HITS);
    misses = Meters.counter(registry, CacheMetrics.MISSES);
    evictions = Meters.counter(registry, CacheMetrics.EVICTIONS);
    hitTokens = TokenCounters.register(registry, "cache_hit");
    deduplicated = new DeduplicationCounters(registry);
    Meters.gauge(registry, CacheMetrics.BYTES, bytes::get);
  }

  @Override
  public void lookedUp(int hits, int misses) {
    this.hits.increment(hits);
    this.misses.increment(misses);
  }

  @Override
  public void reused(long tokens) {
    hitTokens.increment((double) tokens);
  }

  @Override
  public void collapsed(int texts, long tokens) {
    deduplicated.add(texts, tokens);
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
