// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.CacheMetrics;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the memory for submitted texts does. Thread-safe. */
final class MicrometerTextCacheObserver implements TextCacheObserver {
  private final Map<Kind, OfKind> meters = new EnumMap<>(Kind.class);

  MicrometerTextCacheObserver(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      meters.put(kind, new OfKind(registry, kind.name().toLowerCase(Locale.ROOT)));
    }
  }

  @Override
  public void lookedUp(Kind kind, boolean found) {
    (found ? of(kind).hits : of(kind).misses).increment();
  }

  @Override
  public void stored(Kind kind, int bytes) {
    of(kind).bytes.addAndGet(bytes);
  }

  @Override
  public void evicted(Kind kind, int bytes) {
    of(kind).evictions.increment();
    of(kind).bytes.addAndGet(-bytes);
  }

  private OfKind of(Kind kind) {
    return Objects.requireNonNull(meters.get(kind));
  }

  /** Of one kind. */
  private static final class OfKind {
    private final AtomicLong bytes = new AtomicLong();
    private final Counter hits;
    private final Counter misses;
    private final Counter evictions;

    OfKind(MeterRegistry registry, String kind) {
      hits = Meters.counter(registry, CacheMetrics.TEXT_HITS, MetricNames.KIND, kind);
      misses = Meters.counter(registry, CacheMetrics.TEXT_MISSES, MetricNames.KIND, kind);
      evictions = Meters.counter(registry, CacheMetrics.TEXT_EVICTIONS, MetricNames.KIND, kind);
      Meters.gauge(registry, CacheMetrics.TEXT_BYTES, bytes::get, MetricNames.KIND, kind);
    }
  }
}
