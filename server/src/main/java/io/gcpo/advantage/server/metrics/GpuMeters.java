// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.GpuMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.gpu.GpuObserver;
import io.gcpo.advantage.server.metrics.gpu.GpuSample;
import io.gcpo.advantage.server.metrics.gpu.NvidiaSmiLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Gauges of the GPUs that are seen, of what is reported of them. A GPU that is not heard of any
 * more shows NaN instead of what it was. Scrapes may come at any time.
 */
final class GpuMeters implements GpuObserver {
  private static final String GPU = "gpu";
  private static final long MAX_AGE_NANOS = NvidiaSmiLoop.INTERVAL.multipliedBy(4).toNanos();

  private final MeterRegistry registry;
  private final Map<String, Latest> latest = new ConcurrentHashMap<>();
  private final List<Gauge> gauges = new ArrayList<>();

  GpuMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void sampled(GpuSample sample) {
    if (latest.put(sample.gpu(), new Latest(sample, now())) == null) {
      register(sample);
    }
  }

  @Override
  public void lost() {
    latest.clear();
    gauges.forEach(registry::remove);
    gauges.clear();
  }

  private void register(GpuSample first) {
    gauges.add(
        Meters.gauge(
            registry,
            GpuMetrics.INFO,
            () -> 1,
            GPU,
            first.gpu(),
            "name",
            first.name(),
            "driver",
            first.driver()));
    register(GpuMetrics.MEMORY_USED, first, GpuSample::memoryUsedBytes);
    register(GpuMetrics.MEMORY_TOTAL, first, GpuSample::memoryTotalBytes);
    register(GpuMetrics.UTILIZATION, first, GpuSample::utilization);
    register(GpuMetrics.POWER, first, GpuSample::watts);
    register(GpuMetrics.TEMPERATURE, first, GpuSample::celsius);
  }

  private void register(Metric metric, GpuSample first, Function<GpuSample, OptionalDouble> value) {
    if (value.apply(first).isPresent()) {
      gauges.add(
          Meters.gauge(registry, metric, () -> current(first.gpu(), value), GPU, first.gpu()));
    }
  }

  private double current(String gpu, Function<GpuSample, OptionalDouble> value) {
    Latest known = latest.get(gpu);
    return known == null || now() - known.at() > MAX_AGE_NANOS
        ? Double.NaN
        : value.apply(known.sample()).orElse(Double.NaN);
  }

  private long now() {
    return registry.config().clock().monotonicTime();
  }

  /** A sample and when it came. */
  private record Latest(GpuSample sample, long at) {}
}
