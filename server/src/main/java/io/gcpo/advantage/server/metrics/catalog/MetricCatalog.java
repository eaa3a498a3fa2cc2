// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** All metrics, by what they are about. */
public final class MetricCatalog {
  private static final ImmutableMap<String, ImmutableList<Metric>> SECTIONS =
      ImmutableMap.<String, ImmutableList<Metric>>builder()
          .put("Calls", RequestMetrics.ALL)
          .put("Stages, queue and batches", EmbeddingMetrics.ALL)
          .put("Caches", CacheMetrics.ALL)
          .put("Groups", GroupMetrics.ALL)
          .put("Server", ServerMetrics.ALL)
          .put("GPUs", GpuMetrics.ALL)
          .put("Process and virtual machine", JvmMetrics.ALL)
          .buildOrThrow();

  private MetricCatalog() {}

  /** Under the titles that the documentation gives them, in its order. */
  public static ImmutableMap<String, ImmutableList<Metric>> sections() {
    return SECTIONS;
  }

  /** All of them, in that order. */
  public static ImmutableList<Metric> all() {
    return SECTIONS.values().stream()
        .flatMap(ImmutableList::stream)
        .collect(ImmutableList.toImmutableList());
  }
}
