// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.DigestTask;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Answers texts that were embedded before from memory, waits for those that are being embedded for
 * another call, and hands only the others to another embedder, each once. Thread-safe; nothing
 * blocks.
 *
 * <p>The outcomes are those of the other embedder, bit for bit, because an outcome depends on its
 * task alone. Texts that are too long are not kept, and a run that fails keeps nothing; a call that
 * waited for it embeds its texts itself, so that no call suffers from another's cancellation.
 *
 * <p>Hashing runs on the caller's thread. Keeping and waking the calls that wait run on the thread
 * that completes the other embedder's future.
 */
public final class CachingEmbedder implements TextEmbedder {
  private final TextEmbedder embedder;
  private final CacheObserver observer;
  private final RunningTexts running = new RunningTexts();
  private final Gathering gathering;
  private final Finding finding;

  /** In front of {@code embedder}; other embedders may share the cache. */
  public CachingEmbedder(TextEmbedder embedder, EmbeddingCache cache, CacheObserver observer) {
    this.embedder = embedder;
    this.observer = observer;
    this.gathering = new Gathering(embedder, cache, running, observer);
    this.finding = new Finding(cache, running, observer);
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
  public Duration maxWait() {
    return embedder.maxWait();
  }

  @Override
  public Duration oldestWait() {
    return embedder.oldestWait();
  }

  @Override
  public Duration estimatedWait() {
    return embedder.estimatedWait();
  }

  @Override
  public boolean keepsEmbeddings() {
    return true;
  }

  /** As it says there; cancelling the future cancels the call. */
  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    List<CacheKey> keys = keys(texts.stream().map(DigestTask::of));
    Map<CacheKey, TextTask> distinct = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      distinct.putIfAbsent(keys.get(i), texts.get(i));
    }
    CompletableFuture<List<TextOutcome>> answer = new CompletableFuture<>();
    Failures.complete(
        answer,
        gathering.gather(distinct, new CallSignal(signal, answer)),
        outcomes -> inOrder(keys, outcomes));
    return answer;
  }

  @Override
  public CompletableFuture<List<TextOutcome>> find(
      List<DigestTask> digests, CancellationSignal signal) {
    List<CacheKey> keys = keys(digests.stream());
    CompletableFuture<List<TextOutcome>> answer = new CompletableFuture<>();
    Failures.complete(
        answer,
        finding.find(ImmutableSet.copyOf(keys), signal),
        outcomes -> inOrder(keys, outcomes));
    return answer;
  }

  /** How many texts are with the embedder. */
  int runningTexts() {
    return running.size();
  }

  private List<CacheKey> keys(Stream<DigestTask> digests) {
    String fingerprint = embedder.model().fingerprint();
    return digests.map(digest -> new CacheKey(fingerprint, digest)).toList();
  }

  private List<TextOutcome> inOrder(List<CacheKey> keys, Map<CacheKey, TextOutcome> outcomes) {
    List<TextOutcome> inOrder =
        keys.stream().map(key -> Objects.requireNonNull(outcomes.get(key))).toList();
    long saved = outcomes.values().stream().mapToLong(CachingEmbedder::savedTokens).sum();
    long tokens = inOrder.stream().mapToLong(TextOutcome::usedTokens).sum();
    long distinctTokens = outcomes.values().stream().mapToLong(TextOutcome::usedTokens).sum();
    observer.reused(saved);
    observer.collapsed(keys.size() - outcomes.size(), tokens - distinctTokens);
    return inOrder;
  }

  private static long savedTokens(TextOutcome outcome) {
    return (long) outcome.usedTokens() - outcome.computedTokens();
  }
}
