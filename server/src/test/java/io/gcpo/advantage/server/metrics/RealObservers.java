// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.UnaryOperator;

/** The observers that measure, behind their guards, with something in between. */
public final class RealObservers {
  private RealObservers() {}

  /** As {@link MetricsModule} makes them, with {@code around} between measuring and guard. */
  public static EmbeddingObservers embedding(
      PrometheusMeterRegistry registry, UnaryOperator<EmbeddingObserver> around) {
    RealHistogram padding = MicrometerEmbeddingObserver.paddingHistogram(registry);
    return model ->
        new GuardedEmbeddingObserver(
            around.apply(new MicrometerEmbeddingObserver(registry, padding, model)),
            registry.config().clock()::monotonicTime);
  }

  /** As {@link MetricsModule} makes it, with {@code around} between measuring and guard. */
  public static CacheObserver cache(
      PrometheusMeterRegistry registry, UnaryOperator<CacheObserver> around) {
    return new GuardedCacheObserver(
        around.apply(new MicrometerCacheObserver(registry)),
        registry.config().clock()::monotonicTime);
  }
}
