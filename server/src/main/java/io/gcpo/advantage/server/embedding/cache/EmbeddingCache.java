// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.RemovalNotification;
import io.gcpo.advantage.server.embedding.TextOutcome.Embedded;
import java.util.Optional;

/*
 * What was used least recently leaves first, whatever it was used for before. A cache that minds how
 * often (TinyLFU) keeps the embeddings of past steps, used twice each, and turns away those that were
 * submitted just now.
 */
/**
 * Embeddings by all that shapes them, up to a number of bytes; those that were not used for longest
 * leave first. One serves any number of embedders, as their models' fingerprints keep them apart.
 * Thread-safe.
 */
public final class EmbeddingCache {
  /**
   * Bytes of an entry beside its floats, rounded up: the objects and headers of key and value, a
   * table slot and the node of the order of use.
   */
  static final int OVERHEAD_BYTES = 256;

  private final Cache<CacheKey, Embedded> cache;
  private final CacheObserver observer;

  /** Keeps up to {@code maxBytes}, at least 1. */
  public EmbeddingCache(long maxBytes, CacheObserver observer) {
    this.observer = observer;
    this.cache =
        CacheBuilder.newBuilder()
            .concurrencyLevel(1) // one order of use and one bound for all
            .maximumWeight(maxBytes)
            .<CacheKey, Embedded>weigher((key, embedded) -> bytes(embedded))
            .removalListener(this::removed)
            .build();
  }

  /** The embedding of this content, marked as cached. */
  Optional<Embedded> find(CacheKey content) {
    return Optional.ofNullable(cache.getIfPresent(content));
  }

  /** Keeps the embedding, unless there is one already. */
  void store(CacheKey content, Embedded embedded) {
    if (cache.asMap().putIfAbsent(content, embedded.asCached()) == null) {
      observer.stored(bytes(embedded));
    }
  }

  private void removed(RemovalNotification<CacheKey, Embedded> entry) {
    Embedded embedded = entry.getValue();
    if (entry.wasEvicted() && embedded != null) {
      observer.evicted(bytes(embedded));
    }
  }

  /** What an entry weighs. */
  static int bytes(Embedded embedded) {
    return OVERHEAD_BYTES + Float.BYTES * embedded.embedding().dimension();
  }
}
