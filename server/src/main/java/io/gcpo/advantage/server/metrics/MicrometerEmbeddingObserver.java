// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.ShedReason;
import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the embedder does. Thread-safe. */
final class MicrometerEmbeddingObserver implements EmbeddingObserver {
  private static final int MAX_BATCH_SEQUENCES = 1 << 12;
  private static final int MAX_BATCH_TOKENS = 1 << 20;

  private final AtomicLong queuedSequences = new AtomicLong();
  private final AtomicLong queuedTokens = new AtomicLong();
  private final AtomicLong inFlightTokens = new AtomicLong();
  private final AtomicLong tokenBudget = new AtomicLong();
  private final Timer queue;
  private final Timer tokenize;
  private final Timer batch;
  private final Timer infer;
  private final Timer pool;
  private final DistributionSummary batchSequences;
  private final DistributionSummary batchTokens;
  private final RealHistogram batchPadding;
  private final Counter realTokens;
  private final Counter paddingTokens;
  private final Counter truncatedTokens;
  private final Counter outOfMemory;
  private final Counter nonFinite;
  private final Counter device;
  private final Counter splits;
  private final Counter workerRestarts;
  private final ImmutableMap<ShedReason, Counter> shed;
  private final ImmutableMap<Stop, Counter> dropped;
  private final Counter nearlyFull;

  /** {@code batchPadding} is common to all models; what is a gauge has the tag {@code model}. */
  MicrometerEmbeddingObserver(
      PrometheusMeterRegistry registry, RealHistogram batchPadding, String model) {
    this.batchPadding = batchPadding;
    queue = StageTimers.register(registry, "queue");
    tokenize = StageTimers.register(registry, "tokenize");
    infer = StageTimers.register(registry, "infer");
    pool = StageTimers.register(registry, "pool");
    batch = StageTimers.register(registry, "batch");
    batchSequences =
        Meters.summary(
            registry,
            EmbeddingMetrics.BATCH_SEQUENCES,
            MetricNames.powersOfTwo(MAX_BATCH_SEQUENCES));
    batchTokens =
        Meters.summary(
            registry, EmbeddingMetrics.BATCH_TOKENS, MetricNames.powersOfTwo(MAX_BATCH_TOKENS));
    realTokens = TokenCounters.register(registry, "real");
    paddingTokens = TokenCounters.register(registry, "padding");
    truncatedTokens = TokenCounters.register(registry, "truncated");
    outOfMemory = batchFailures(registry, "oom");
    nonFinite = batchFailures(registry, "nonfinite");
    device = batchFailures(registry, "device");
    workerRestarts = Meters.counter(registry, EmbeddingMetrics.WORKER_RESTARTS);
    splits = Meters.counter(registry, EmbeddingMetrics.BATCH_SPLITS);
    shed = OverloadCounters.shed(registry);
    dropped = OverloadCounters.dropped(registry);
    nearlyFull = OverloadCounters.nearLimit(registry, "queued_tokens");
    gauge(registry, EmbeddingMetrics.QUEUE_DEPTH, queuedSequences, model);
    gauge(registry, EmbeddingMetrics.QUEUE_TOKENS, queuedTokens, model);
    gauge(registry, EmbeddingMetrics.INFLIGHT_TOKENS, inFlightTokens, model);
    gauge(registry, EmbeddingMetrics.BATCH_TOKEN_BUDGET, tokenBudget, model);
  }

  /** To be registered once for all models. */
  static RealHistogram paddingHistogram(PrometheusMeterRegistry registry) {
    return new RealHistogram(
        registry,
        EmbeddingMetrics.BATCH_PADDING.name(),
        EmbeddingMetrics.BATCH_PADDING.help(),
        MetricNames.ratioBuckets());
  }

  @Override
  public void budgetChosen(int tokens) {
    tokenBudget.set(tokens);
  }

  @Override
  public void tokenized(int texts, long truncatedTokens, Duration elapsed) {
    tokenize.record(elapsed);
    this.truncatedTokens.increment((double) truncatedTokens);
  }

  @Override
  public void queueChanged(long sequences, long tokens) {
    queuedSequences.set(sequences);
    queuedTokens.set(tokens);
  }

  @Override
  public void dequeued(Duration waited) {
    queue.record(waited);
  }

  @Override
  public void batchStarted(long tokens) {
    inFlightTokens.addAndGet(tokens);
  }

  @Override
  public void batchEnded(long tokens) {
    inFlightTokens.addAndGet(-tokens);
  }

  @Override
  public void batched(Duration elapsed) {
    batch.record(elapsed);
  }

  @Override
  public void encoded(
      int sequences, long realTokens, long paddingTokens, Duration infer, Duration pool) {
    long tokens = realTokens + paddingTokens;
    batchSequences.record(sequences);
    batchTokens.record((double) tokens);
    batchPadding.record(tokens == 0 ? 0 : (double) paddingTokens / tokens);
    this.realTokens.increment((double) realTokens);
    this.paddingTokens.increment((double) paddingTokens);
    this.infer.record(infer);
    this.pool.record(pool);
  }

  @Override
  public void batchFailed(Throwable cause) {
    switch (EmbeddingFailure.of(cause)) {
      case DEVICE_OOM -> outOfMemory.increment();
      case NON_FINITE_EMBEDDING -> nonFinite.increment();
      case WORKER_RESTARTING, INTERNAL -> device.increment();
    }
  }

  @Override
  public void workerRestarted() {
    workerRestarts.increment();
  }

  @Override
  public void batchSplit() {
    splits.increment();
  }

  @Override
  public void shed(ShedReason reason) {
    Objects.requireNonNull(shed.get(reason)).increment();
  }

  @Override
  public void nearlyFull() {
    nearlyFull.increment();
  }

  @Override
  public void deadlineMissed(Stop stop) {
    Objects.requireNonNull(dropped.get(stop)).increment();
  }

  private static Counter batchFailures(MeterRegistry registry, String reason) {
    return Meters.counter(registry, EmbeddingMetrics.BATCH_FAILURES, MetricNames.REASON, reason);
  }

  private static void gauge(MeterRegistry registry, Metric metric, AtomicLong value, String model) {
    Meters.gauge(registry, metric, value::get, MetricNames.MODEL, model);
  }
}
