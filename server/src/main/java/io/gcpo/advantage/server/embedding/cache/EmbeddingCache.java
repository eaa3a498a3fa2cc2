// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gcpo.advantage.server.embedding.TextOutcome.Embedded;
import java.util.Optional;

/**
 * Embeddings by all that shapes them, up to a number of bytes. One serves any number of embedders,
 * as their models' fingerprints keep them apart. Thread-safe.
 */
public final class EmbeddingCache {
  /**
   * Bytes of an entry beside its floats, rounded up: the objects and headers of key and value, a
   * table slot, the node of the eviction order and its share of the frequency sketch.
   */
  static final int OVERHEAD_BYTES = 256;

  private final Cache<CacheKey, Embedded> cache;
  private final CacheObserver observer;

  /** Keeps up to {@code maxBytes}, at least 1. */
  public EmbeddingCache(long maxBytes, CacheObserver observer) {
    this.observer = observer;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<CacheKey, Embedded>weigher((key, embedded) -> bytes(embedded))
            .<CacheKey, Embedded>evictionListener(
                (key, embedded, cause) -> {
                  if (embedded != null) {
                    observer.evicted(bytes(embedded));
                  }
                })
            // Upkeep is some pointers per entry; on the caller's thread the bound holds at once.
            .executor(Runnable::run)
            .build();
  }

  /** The embedding of this content, marked as cached. */
  Optional<Embedded> find(CacheKey content) {
    return Optional.ofNullable(cache.getIfPresent(content));
  }

  /** Keeps the embedding, unless there is one already. */
  void store(CacheKey content, Embedded embedded) {
    cache
        .asMap()
        .computeIfAbsent(
            content,
            absent -> {
              observer.stored(bytes(embedded));
              return embedded.asCached();
            });
  }

  /** What an entry weighs. */
  static int bytes(Embedded embedded) {
    return OVERHEAD_BYTES + Float.BYTES * embedded.embedding().dimension();
  }
}
