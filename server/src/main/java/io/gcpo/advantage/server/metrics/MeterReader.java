// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.MeterReading.Cache;
import io.gcpo.advantage.server.metrics.MeterReading.CallOutcome;
import io.gcpo.advantage.server.metrics.MeterReading.Queue;
import io.gcpo.advantage.server.metrics.catalog.CacheMetrics;
import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.gcpo.advantage.server.metrics.catalog.GroupMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Reads the meters for those who show them to people. Meters that are not there count 0. */
public final class MeterReader {
  private static final String EMBEDDINGS = "embeddings";

  private final MeterRegistry registry;

  @Inject
  MeterReader(MeterRegistry registry) {
    this.registry = registry;
  }

  /** What they say now. */
  public MeterReading read() {
    return new MeterReading(
        calls(),
        counters(GroupMetrics.GROUPS, MetricNames.SIGNAL),
        counters(GroupMetrics.REJECTIONS, MetricNames.REASON),
        counters(EmbeddingMetrics.BATCH_FAILURES, MetricNames.REASON),
        counters(EmbeddingMetrics.TOKENS, MetricNames.KIND),
        stages(),
        queues(),
        caches());
  }

  private Map<CallOutcome, Double> calls() {
    Map<CallOutcome, Double> calls = new TreeMap<>();
    for (Counter counter : registry.find(RequestMetrics.REQUESTS.name()).counters()) {
      if (counter.count() > 0) {
        CallOutcome outcome =
            new CallOutcome(tag(counter, MetricNames.CODE), tag(counter, MetricNames.REASON));
        calls.merge(outcome, counter.count(), Double::sum);
      }
    }
    return calls;
  }

  private Map<String, DurationHistogram> stages() {
    Map<String, DurationHistogram> stages = new TreeMap<>();
    for (Timer timer : registry.find(EmbeddingMetrics.STAGE_DURATION.name()).timers()) {
      stages.put(tag(timer, MetricNames.STAGE), histogram(timer));
    }
    return stages;
  }

  private static DurationHistogram histogram(Timer timer) {
    List<Double> upperBounds = new ArrayList<>();
    List<Double> cumulative = new ArrayList<>();
    for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
      double upperBound = bucket.bucket(TimeUnit.SECONDS);
      if (Double.isFinite(upperBound)) {
        upperBounds.add(upperBound);
        cumulative.add(bucket.count());
      }
    }
    return new DurationHistogram(
        timer.count(), timer.totalTime(TimeUnit.SECONDS), upperBounds, cumulative);
  }

  private Map<String, Queue> queues() {
    Map<String, Double> sequences = gauges(EmbeddingMetrics.QUEUE_DEPTH, MetricNames.MODEL);
    Map<String, Double> tokens = gauges(EmbeddingMetrics.QUEUE_TOKENS, MetricNames.MODEL);
    Map<String, Double> budgets = gauges(EmbeddingMetrics.BATCH_TOKEN_BUDGET, MetricNames.MODEL);
    Map<String, Queue> queues = new TreeMap<>();
    for (String model : sequences.keySet()) {
      queues.put(model, new Queue(of(sequences, model), of(tokens, model), of(budgets, model)));
    }
    return queues;
  }

  private Map<String, Cache> caches() {
    Map<String, Double> hits = ofCaches(this::counters, CacheMetrics.HITS, CacheMetrics.TEXT_HITS);
    Map<String, Double> misses =
        ofCaches(this::counters, CacheMetrics.MISSES, CacheMetrics.TEXT_MISSES);
    Map<String, Double> evictions =
        ofCaches(this::counters, CacheMetrics.EVICTIONS, CacheMetrics.TEXT_EVICTIONS);
    Map<String, Double> bytes = ofCaches(this::gauges, CacheMetrics.BYTES, CacheMetrics.TEXT_BYTES);
    Map<String, Cache> caches = new TreeMap<>();
    for (String cache : bytes.keySet()) {
      caches.put(
          cache,
          new Cache(of(hits, cache), of(misses, cache), of(evictions, cache), of(bytes, cache)));
    }
    return caches;
  }

  /** The cache of embeddings is one; of texts there is one for each kind. */
  private static Map<String, Double> ofCaches(
      BiFunction<Metric, String, Map<String, Double>> read, Metric ofEmbeddings, Metric ofTexts) {
    Map<String, Double> values = new TreeMap<>(read.apply(ofTexts, MetricNames.KIND));
    read.apply(ofEmbeddings, MetricNames.KIND)
        .values()
        .forEach(value -> values.put(EMBEDDINGS, value));
    return values;
  }

  /** The sums of counters of one name by the value of a tag, empty where they lack it. */
  private Map<String, Double> counters(Metric metric, String tag) {
    Map<String, Double> sums = new TreeMap<>();
    for (Counter counter : registry.find(metric.name()).counters()) {
      sums.merge(tag(counter, tag), counter.count(), Double::sum);
    }
    return sums;
  }

  /** The values of gauges of one name by the value of a tag, empty where they lack it. */
  private Map<String, Double> gauges(Metric metric, String tag) {
    Map<String, Double> values = new TreeMap<>();
    for (Gauge gauge : registry.find(metric.name()).gauges()) {
      values.put(tag(gauge, tag), gauge.value());
    }
    return values;
  }

  private static double of(Map<String, Double> values, String key) {
    return values.getOrDefault(key, 0.0);
  }

  private static String tag(Meter meter, String tag) {
    return Objects.requireNonNullElse(meter.getId().getTag(tag), "");
  }
}
