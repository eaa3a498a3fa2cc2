// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the memory for submitted texts does. Thread-safe. */
final class MicrometerTextCacheObserver implements TextCacheObserver {
  private final Map<Kind, Meters> meters = new EnumMap<>(Kind.class);

  MicrometerTextCacheObserver(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      meters.put(kind, new Meters(registry, kind.name().toLowerCase(Locale.ROOT)));
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

  private Meters of(Kind kind) {
    return Objects.requireNonNull(meters.get(kind));
  }

  /** Of one kind. */
  private static final class Meters {
    private final AtomicLong bytes = new AtomicLong();
    private final Counter hits;
    private final Counter misses;
    private final Counter evictions;

    Meters(MeterRegistry registry, String kind) {
      hits =
          Counter.builder(MetricNames.TEXT_CACHE_HITS)
              .description("Texts, or what kernels read of them, that were kept when a group came")
              .baseUnit("entries")
              .tag(MetricNames.KIND, kind)
              .register(registry);
      misses =
          Counter.builder(MetricNames.TEXT_CACHE_MISSES)
              .description("Texts, or what kernels read of them, that were not")
              .baseUnit("entries")
              .tag(MetricNames.KIND, kind)
              .register(registry);
      evictions =
          Counter.builder(MetricNames.TEXT_CACHE_EVICTIONS)
              .description("Texts, or what kernels read of them, that had to leave for others")
              .baseUnit("entries")
              .tag(MetricNames.KIND, kind)
              .register(registry);
      Gauge.builder(MetricNames.TEXT_CACHE_BYTES, bytes, AtomicLong::get)
          .description("Memory of what is kept of submitted texts, by estimate")
          .baseUnit("bytes")
          .tag(MetricNames.KIND, kind)
          .strongReference(true)
          .register(registry);
    }
  }
}
