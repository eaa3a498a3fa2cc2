// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;

/** Of what is kept in memory: embeddings, submitted texts and what kernels read of them. */
public final class CacheMetrics {
  private static final MetricLabel KIND =
      MetricLabel.lowerCase("kind", TextCacheObserver.Kind.values());

  public static final Metric HITS =
      Metric.counter(
          "gcpo_cache_hits_total",
          "texts",
          "Texts whose embedding was in the cache, or came from another call just then");

  public static final Metric MISSES =
      Metric.counter("gcpo_cache_misses_total", "texts", "Texts whose embedding was in neither");

  public static final Metric EVICTIONS =
      Metric.counter(
          "gcpo_cache_evictions_total",
          "embeddings",
          "Embeddings that had to leave the cache for others");

  public static final Metric BYTES =
      Metric.gauge(
          "gcpo_cache_bytes", "bytes", "Memory of the embeddings in the cache, by estimate");

  public static final Metric TEXT_HITS =
      Metric.counter(
          "gcpo_text_cache_hits_total",
          "entries",
          "Texts, or what kernels read of them, that were kept when a group came",
          KIND);

  public static final Metric TEXT_MISSES =
      Metric.counter(
          "gcpo_text_cache_misses_total",
          "entries",
          "Texts, or what kernels read of them, that were not",
          KIND);

  public static final Metric TEXT_EVICTIONS =
      Metric.counter(
          "gcpo_text_cache_evictions_total",
          "entries",
          "Texts, or what kernels read of them, that had to leave for others",
          KIND);

  public static final Metric TEXT_BYTES =
      Metric.gauge(
          "gcpo_text_cache_bytes",
          "bytes",
          "Memory of what is kept of submitted texts, by estimate",
          KIND);

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(
          HITS, MISSES, EVICTIONS, BYTES, TEXT_HITS, TEXT_MISSES, TEXT_EVICTIONS, TEXT_BYTES);

  private CacheMetrics() {}
}
