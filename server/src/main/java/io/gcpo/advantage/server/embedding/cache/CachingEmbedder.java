// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashCode;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Answers texts that were embedded before from memory and hands only the others to another
 * embedder. Thread-safe; nothing blocks.
 *
 * <p>The outcomes are those of the other embedder, bit for bit, because an outcome depends on its
 * task alone. Texts that are too long are not kept, and a request that fails keeps nothing. Two
 * requests that miss the same text at the same time both have it embedded.
 *
 * <p>Hashing runs on the caller's thread, keeping on the thread that completes the other embedder's
 * future.
 */
public final class CachingEmbedder implements TextEmbedder {
  private final TextEmbedder embedder;
  private final ContentHash hash;
  private final EmbeddingCache cache;
  private final CacheObserver observer;

  private CachingEmbedder(
      TextEmbedder embedder, ContentHash hash, EmbeddingCache cache, CacheObserver observer) {
    this.embedder = embedder;
    this.hash = hash;
    this.cache = cache;
    this.observer = observer;
  }

  /** In front of {@code embedder}; keeps embeddings of up to {@code maxBytes}, at least 1. */
  public static CachingEmbedder create(
      TextEmbedder embedder, long maxBytes, CacheObserver observer) {
    return new CachingEmbedder(
        embedder,
        new ContentHash(embedder.model().fingerprint()),
        new EmbeddingCache(maxBytes, observer),
        observer);
  }

  @Override
  public ModelIdentity model() {
    return embedder.model();
  }

  @Override
  public EngineIdentity engine() {
    return embedder.engine();
  }

  @Override
  public long maxQueuedTokens() {
    return embedder.maxQueuedTokens();
  }

  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    ImmutableList<HashCode> contents =
        texts.stream().map(hash::of).collect(ImmutableList.toImmutableList());
    PartialAnswer partial = PartialAnswer.of(texts, contents, cache);
    int misses = partial.missing().size();
    observer.lookedUp(texts.size() - misses, misses);
    if (misses == 0) {
      return signal.isCancelled()
          ? CompletableFuture.failedFuture(new CancellationException("embedding: cancelled"))
          : CompletableFuture.completedFuture(partial.completedWith(List.of()));
    }
    return completed(partial, embedder.embed(partial.missing(), signal));
  }

  /** Fails as {@code embedded} does, with the same exception; cancelling it cancels that too. */
  private CompletableFuture<List<TextOutcome>> completed(
      PartialAnswer partial, CompletableFuture<List<TextOutcome>> embedded) {
    CompletableFuture<List<TextOutcome>> answer = new CompletableFuture<>();
    CompletableFuture<?> kept =
        embedded.handle(
            (outcomes, failure) ->
                failure == null
                    ? answer.complete(keep(partial, outcomes))
                    : answer.completeExceptionally(failure));
    kept.exceptionally(
        broken -> {
          answer.completeExceptionally(broken);
          return null;
        });
    answer.exceptionally(
        failure -> {
          if (answer.isCancelled()) {
            embedded.cancel(false);
          }
          return List.of();
        });
    return answer;
  }

  private List<TextOutcome> keep(PartialAnswer partial, List<TextOutcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded embedded) {
        cache.store(partial.missingContents().get(i), embedded);
      }
    }
    return partial.completedWith(outcomes);
  }
}
