// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** Finds what is known of contents whose texts are not at hand. Thread-safe; nothing blocks. */
final class Finding {
  private static final TextOutcome UNKNOWN = new TextOutcome.Unknown();

  private final EmbeddingCache cache;
  private final RunningTexts running;
  private final CacheObserver observer;

  Finding(EmbeddingCache cache, RunningTexts running, CacheObserver observer) {
    this.cache = cache;
    this.running = running;
    this.observer = observer;
  }

  /**
   * The outcome of every content, {@link TextOutcome.Unknown} for those that are not known, once
   * the runs that have some of them have ended. Fails with {@link EmbeddingUnavailableException}
   * where such a run did.
   */
  CompletableFuture<Map<CacheKey, TextOutcome>> find(
      Collection<CacheKey> contents, CancellationSignal signal) {
    Lookup lookup = Lookup.of(contents, cache, running);
    observer.lookedUp(lookup.known().size(), lookup.missing().size());
    return lookup.joinedEnded().thenApply(end -> settle(lookup, signal));
  }

  private Map<CacheKey, TextOutcome> settle(Lookup lookup, CancellationSignal signal) {
    if (signal.isCancelled()) {
      throw new CancellationException("embedding: cancelled");
    }
    Map<CacheKey, TextOutcome> outcomes = new HashMap<>(lookup.known());
    lookup.missing().forEach(key -> outcomes.put(key, UNKNOWN));
    int found = 0;
    for (Map.Entry<CacheKey, Run> joined : lookup.joined().entrySet()) {
      CacheKey key = joined.getKey();
      Run run = joined.getValue();
      // Where the run failed, another call may have embedded it after all.
      Optional<TextOutcome> outcome =
          run.outcome(key).map(TextOutcome::asCached).or(() -> cache.find(key));
      if (outcome.isPresent()) {
        found++;
      } else {
        throwIfUnavailable(run);
      }
      outcomes.put(key, outcome.orElse(UNKNOWN));
    }
    observer.lookedUp(found, lookup.joined().size() - found);
    return outcomes;
  }

  /** The same work may succeed later: the caller is better served by that than by its texts. */
  private static void throwIfUnavailable(Run run) {
    run.failure()
        .ifPresent(
            failure -> {
              if (failure instanceof EmbeddingUnavailableException unavailable) {
                throw unavailable;
              }
            });
  }
}
