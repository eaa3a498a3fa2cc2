// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import io.gcpo.advantage.server.embedding.TextOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where the texts of one call are: kept, with another call's run, or nowhere. Confined to one
 * thread at a time.
 */
final class Lookup {
  private final EmbeddingCache cache;
  private final Map<CacheKey, TextOutcome> known = new HashMap<>();
  private final Map<CacheKey, Run> joined = new LinkedHashMap<>();
  private final List<CacheKey> missing = new ArrayList<>();

  private Lookup(EmbeddingCache cache) {
    this.cache = cache;
  }

  /** Looks the texts up and changes nothing. */
  static Lookup of(Collection<CacheKey> keys, EmbeddingCache cache, RunningTexts running) {
    Lookup lookup = new Lookup(cache);
    for (CacheKey key : keys) {
      lookup.sort(key, running.find(key));
    }
    return lookup;
  }

  /** Looks the texts up and gives those that are nowhere to {@code own}. */
  static Lookup claiming(
      Collection<CacheKey> keys, EmbeddingCache cache, RunningTexts running, Run own) {
    Lookup lookup = new Lookup(cache);
    for (CacheKey key : keys) {
      if (!lookup.isKept(key)) {
        lookup.sort(key, running.claim(key, own));
      }
    }
    // A text that was kept while it was claimed; whoever joined it meanwhile looks again.
    running.release(lookup.known.keySet(), own);
    return lookup;
  }

  /** Of the texts that were kept. */
  Map<CacheKey, TextOutcome> known() {
    return known;
  }

  /** The texts that are nowhere, in order. */
  List<CacheKey> missing() {
    return missing;
  }

  /** The texts that another call has embedded just now, each with that call's run. */
  Map<CacheKey, Run> joined() {
    return joined;
  }

  /** Complete, and never failed, when all the runs that were joined have ended. */
  CompletableFuture<Void> joinedEnded() {
    return CompletableFuture.allOf(
        joined.values().stream().distinct().map(Run::ended).toArray(CompletableFuture<?>[]::new));
  }

  // A run keeps its texts before it releases them: who finds no run must look for them once more.
  private void sort(CacheKey key, Optional<Run> run) {
    if (run.isPresent()) {
      joined.put(key, run.get());
    } else if (!isKept(key)) {
      missing.add(key);
    }
  }

  private boolean isKept(CacheKey key) {
    Optional<TextOutcome.Embedded> found = cache.find(key);
    found.ifPresent(embedded -> known.put(key, embedded));
    return found.isPresent();
  }
}
