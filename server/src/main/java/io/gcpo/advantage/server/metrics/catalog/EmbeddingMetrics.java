// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;

/** Of the way of texts through the model, and of the stages of a request. */
public final class EmbeddingMetrics {
  private static final MetricLabel MODEL =
      MetricLabel.open("model", "name of a model in the configuration");

  public static final Metric STAGE_DURATION =
      Metric.of(
          MetricKind.HISTOGRAM_AND_MAX,
          "gcpo_stage_duration_seconds",
          "seconds",
          "Time that a request (validate, embed, serialize), a piece of its texts (tokenize), a"
              + " window (queue), a batch (batch, infer, pool) or a group (advantage) spends in a"
              + " stage; embed holds tokenize, queue, batch, infer and pool",
          MetricLabel.of(
              "stage",
              "validate",
              "embed",
              "tokenize",
              "queue",
              "batch",
              "infer",
              "pool",
              "advantage",
              "serialize"));

  public static final Metric QUEUE_DEPTH =
      Metric.gauge(
          "gcpo_queue_depth_sequences", "sequences", "Windows that wait for a batch", MODEL);

  public static final Metric QUEUE_TOKENS =
      Metric.gauge("gcpo_queue_tokens", "tokens", "Tokens that wait for a batch", MODEL);

  public static final Metric OLDEST_QUEUED =
      Metric.gauge(
          "gcpo_oldest_queued_seconds",
          "seconds",
          "How long the window that has waited longest has waited; 0 where none waits",
          MODEL);

  public static final Metric ESTIMATED_WAIT =
      Metric.gauge(
          "gcpo_estimated_wait_seconds",
          "seconds",
          "How long all that waits for the model will take, by the pace of the last seconds; 0"
              + " where nothing waits or the pace is not known",
          MODEL);

  public static final Metric INFLIGHT_TOKENS =
      Metric.gauge(
          "gcpo_inflight_tokens",
          "tokens",
          "Tokens in batches that are in the model, padding included",
          MODEL);

  public static final Metric BATCH_TOKEN_BUDGET =
      Metric.gauge(
          "gcpo_batch_token_budget",
          "tokens",
          "Tokens that a batch may hold, padding included",
          MODEL);

  public static final Metric BATCH_SEQUENCES =
      Metric.of(
          MetricKind.HISTOGRAM_AND_MAX, "gcpo_batch_sequences", "sequences", "Windows in a batch");

  public static final Metric BATCH_TOKENS =
      Metric.of(
          MetricKind.HISTOGRAM_AND_MAX,
          "gcpo_batch_tokens",
          "tokens",
          "Tokens in a batch, padding included");

  public static final Metric BATCH_PADDING =
      Metric.histogram(
          "gcpo_batch_padding_ratio", "ratio", "Share of a batch's tokens that is padding");

  public static final Metric BATCH_FAILURES =
      Metric.counter(
          "gcpo_batch_failures_total",
          "failures",
          "Batches that failed, those that were split and tried again among them: for a lack of"
              + " memory, for an embedding that was not finite, or for anything else",
          MetricLabel.of("reason", "oom", "nonfinite", "device"));

  public static final Metric BATCH_SPLITS =
      Metric.counter(
          "gcpo_batch_splits_total",
          "splits",
          "Batches that failed and whose windows were tried again in smaller ones");

  public static final Metric WORKER_RESTARTS =
      Metric.counter(
          "gcpo_worker_restarts_total",
          "restarts",
          "Threads of the model that were replaced, after they had failed or been stuck in a batch");

  public static final Metric TOKENS =
      Metric.counter(
          "gcpo_tokens_total",
          "tokens",
          "Tokens that went through the model (real, padding), were cut (truncated), or were"
              + " spared the model by another call (cache_hit) or the same one (deduplicated)",
          MetricLabel.of("kind", "real", "padding", "truncated", "cache_hit", "deduplicated"));

  public static final Metric TEXTS_DEDUPLICATED =
      Metric.counter(
          "gcpo_texts_deduplicated_total",
          "texts",
          "Texts that were not embedded, being the same as another of their request");

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(
          STAGE_DURATION,
          QUEUE_DEPTH,
          QUEUE_TOKENS,
          OLDEST_QUEUED,
          ESTIMATED_WAIT,
          INFLIGHT_TOKENS,
          BATCH_TOKEN_BUDGET,
          BATCH_SEQUENCES,
          BATCH_TOKENS,
          BATCH_PADDING,
          BATCH_FAILURES,
          BATCH_SPLITS,
          WORKER_RESTARTS,
          TOKENS,
          TEXTS_DEDUPLICATED);

  private EmbeddingMetrics() {}
}
