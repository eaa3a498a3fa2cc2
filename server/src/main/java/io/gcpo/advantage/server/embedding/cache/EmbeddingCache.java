// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.hash.HashCode;
import io.gcpo.advantage.server.embedding.TextOutcome.Embedded;
import java.util.Optional;

/** Embeddings by the hash of their content, up to a number of bytes. Thread-safe. */
final class EmbeddingCache {
  /**
   * Bytes of an entry beside its floats, rounded up: the objects and headers of key and value, a
   * table slot, the node of the eviction order and its share of the frequency sketch.
   */
  static final int OVERHEAD_BYTES = 256;

  private final Cache<HashCode, Embedded> cache;
  private final CacheObserver observer;

  EmbeddingCache(long maxBytes, CacheObserver observer) {
    this.observer = observer;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<HashCode, Embedded>weigher((key, embedded) -> bytes(embedded))
            .<HashCode, Embedded>evictionListener(
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
  Optional<Embedded> find(HashCode content) {
    return Optional.ofNullable(cache.getIfPresent(content));
  }

  /** Keeps the embedding, unless there is one already. */
  void store(HashCode content, Embedded embedded) {
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
