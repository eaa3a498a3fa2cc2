// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/*
 * A call looks its texts up and, in the same step, claims those that nobody has: they become its
 * run. Then it waits for its own run, and after it for the runs of others that have its other texts.
 * No run waits for a run, so none can wait for itself. What another's run did not bring, because it
 * failed or its caller has gone, is gathered anew: claimed by the first that comes and joined by the
 * rest. Every new round has a failure of another call behind it.
 */
/** Brings together the outcomes of a call's texts. Thread-safe; nothing blocks. */
final class Gathering {
  private final TextEmbedder embedder;
  private final EmbeddingCache cache;
  private final RunningTexts running;
  private final CacheObserver observer;

  Gathering(
      TextEmbedder embedder, EmbeddingCache cache, RunningTexts running, CacheObserver observer) {
    this.embedder = embedder;
    this.cache = cache;
    this.running = running;
    this.observer = observer;
  }

  /** The outcome of every text. Fails as the embedder does, or with CancellationException. */
  CompletableFuture<Map<CacheKey, TextOutcome>> gather(
      Map<CacheKey, TextTask> texts, CancellationSignal signal) {
    Run own = new Run();
    Lookup lookup = Lookup.claiming(texts.keySet(), cache, running, own);
    observer.lookedUp(lookup.known().size(), lookup.missing().size());
    return launch(own, lookup.missing(), texts, signal)
        .thenCompose(
            embedded ->
                lookup.joinedEnded().thenCompose(end -> settle(texts, lookup, embedded, signal)));
  }

  private CompletableFuture<Map<CacheKey, TextOutcome>> launch(
      Run own, List<CacheKey> keys, Map<CacheKey, TextTask> texts, CancellationSignal signal) {
    if (keys.isEmpty()) {
      own.succeed(ImmutableMap.of());
      return CompletableFuture.completedFuture(ImmutableMap.of());
    }
    return embed(keys.stream().map(texts::get).toList(), signal)
        .thenApply(outcomes -> keep(keys, outcomes))
        .whenComplete(
            (outcomes, failure) -> {
              running.release(keys, own);
              if (failure == null) {
                own.succeed(outcomes);
              } else {
                own.fail(Failures.unwrapped(failure));
              }
            });
  }

  /** Whatever happens is a failure of the run: texts that are never released hold up all others. */
  private CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    try {
      return embedder.embed(texts, signal);
    } catch (RuntimeException | Error defect) {
      return CompletableFuture.failedFuture(defect);
    }
  }

  private Map<CacheKey, TextOutcome> keep(List<CacheKey> keys, List<TextOutcome> outcomes) {
    Map<CacheKey, TextOutcome> kept = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded embedded) {
        cache.store(keys.get(i), embedded);
      }
      kept.put(keys.get(i), outcomes.get(i));
    }
    return kept;
  }

  private CompletableFuture<Map<CacheKey, TextOutcome>> settle(
      Map<CacheKey, TextTask> texts,
      Lookup lookup,
      Map<CacheKey, TextOutcome> embedded,
      CancellationSignal signal) {
    if (signal.isCancelled()) {
      return CompletableFuture.failedFuture(new CancellationException("embedding: cancelled"));
    }
    Map<CacheKey, TextOutcome> outcomes = new HashMap<>(lookup.known());
    outcomes.putAll(embedded);
    Map<CacheKey, TextTask> lost = new LinkedHashMap<>();
    for (Map.Entry<CacheKey, Run> joined : lookup.joined().entrySet()) {
      CacheKey key = joined.getKey();
      joined
          .getValue()
          .outcome(key)
          .ifPresentOrElse(
              outcome -> outcomes.put(key, outcome.asCached()),
              () -> lost.put(key, Objects.requireNonNull(texts.get(key))));
    }
    observer.lookedUp(lookup.joined().size() - lost.size(), 0);
    if (lost.isEmpty()) {
      return CompletableFuture.completedFuture(outcomes);
    }
    return gather(lost, signal)
        .thenApply(
            found -> {
              outcomes.putAll(found);
              return outcomes;
            });
  }
}
