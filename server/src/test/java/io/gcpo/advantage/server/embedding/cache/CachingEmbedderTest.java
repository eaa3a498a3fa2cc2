// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CachingEmbedderTest {
  private final FakeEmbedder embedder = new FakeEmbedder();
  private final RecordingCacheObserver observer = new RecordingCacheObserver();
  private final CachingEmbedder caching =
      new CachingEmbedder(embedder, new EmbeddingCache(1 << 20, observer), observer);

  @Test
  void identity_any_isTheEmbedders() {
    assertThat(caching.model()).isEqualTo(embedder.model());
    assertThat(caching.engine()).isEqualTo(embedder.engine());
    assertThat(caching.maxQueuedTokens()).isEqualTo(embedder.maxQueuedTokens());
  }

  @Test
  void embed_someKnown_othersAreEmbeddedAndOrderIsKept() {
    embed(tasks("b", "d"));

    List<TextOutcome> outcomes = embed(tasks("a", "b", "c", "d", "e"));

    assertThat(embedder.calls()).containsExactly(tasks("b", "d"), tasks("a", "c", "e"));
    assertThat(outcomes)
        .map(CachingEmbedderTest::isCached)
        .containsExactly(false, true, false, true, false);
    assertThat(asComputed(outcomes)).isEqualTo(plain(tasks("a", "b", "c", "d", "e")));
    assertThat(observer.hits).hasValue(2);
    assertThat(observer.misses).hasValue(5);
    assertThat(observer.stored).hasValue(5);
  }

  @Test
  void embed_allKnown_embedderIsNotAsked() {
    embed(tasks("a", "b"));
    embedder.holdAnswers();

    CompletableFuture<List<TextOutcome>> answer =
        caching.embed(tasks("b", "a"), CancellationSignal.NONE);

    assertThat(answer).isCompleted();
    assertThat(asComputed(answer.join())).isEqualTo(plain(tasks("b", "a")));
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void embed_cachedOutcome_costsNoTokens() {
    assertThat(((TextOutcome.Embedded) embed(tasks("abc")).get(0)).computedTokens()).isEqualTo(5);
    assertThat(((TextOutcome.Embedded) embed(tasks("abc")).get(0)).computedTokens()).isZero();
  }

  @Test
  void embed_sameTextTwiceInOneRequest_isStoredOnce() {
    assertThat(asComputed(embed(tasks("a", "a")))).isEqualTo(plain(tasks("a", "a")));
    assertThat(observer.stored).hasValue(1);
  }

  @Test
  void embed_otherPolicy_isAnotherEmbedding() {
    embed(tasks("a"));
    embed(List.of(new TextTask("a", TruncationPolicy.KEEP_HEAD)));

    assertThat(embedder.calls()).hasSize(2);
  }

  @Test
  void embed_tooLong_isRefusedEachTimeAndNotKept() {
    List<TextTask> tasks = tasks("a".repeat(2 * FakeEmbedder.WINDOW), "b");

    List<TextOutcome> first = embed(tasks);
    List<TextOutcome> second = embed(tasks);

    assertThat(first).isEqualTo(plain(tasks));
    assertThat(second.get(0)).isEqualTo(first.get(0)).isInstanceOf(TextOutcome.TooLong.class);
    assertThat(embedder.calls()).containsExactly(tasks, tasks.subList(0, 1));
    assertThat(observer.stored).hasValue(1);
  }

  @Test
  void embed_nothing_isNothing() {
    assertThat(embed(List.of())).isEmpty();
    assertThat(embedder.calls()).isEmpty();
  }

  @Test
  void embed_failure_nothingIsKept() {
    embed(tasks("known"));
    embedder
        .holdAnswers()
        .completeExceptionally(QueueFullException.ofTokens(1, 1, 1, Duration.ofSeconds(1)));
    CompletableFuture<List<TextOutcome>> answer =
        caching.embed(tasks("known", "new"), CancellationSignal.NONE);
    assertThat(answer).isCompletedExceptionally();
    embedder.holdAnswers().complete(null);

    embed(tasks("known", "new"));

    assertThat(embedder.calls()).containsExactly(tasks("known"), tasks("new"), tasks("new"));
  }

  @Test
  void embed_failure_isTheEmbeddersOwn() {
    QueueFullException full = QueueFullException.ofTokens(1, 1, 1, Duration.ofSeconds(1));
    AtomicReference<Throwable> failure = new AtomicReference<>();
    HandedOn handedOn = new HandedOn();
    handedOn.answer.completeExceptionally(full);

    new CachingEmbedder(handedOn, new EmbeddingCache(1, observer), observer)
        .embed(tasks("a"), CancellationSignal.NONE)
        .exceptionally(
            cause -> {
              failure.set(cause);
              return List.of();
            })
        .join();

    assertThat(failure).hasValue(full);
  }

  @Test
  void embed_allKnownButCallerGone_isCancelled() {
    embed(tasks("a"));

    CompletableFuture<List<TextOutcome>> answer = caching.embed(tasks("a"), () -> true);

    assertThatThrownBy(answer::join).isInstanceOf(CancellationException.class);
    assertThat(answer).isCancelled();
  }

  @Test
  void embed_unknown_signalReachesTheEmbedder() {
    HandedOn handedOn = new HandedOn();
    CancellationSignal signal = () -> true;

    CompletableFuture<List<TextOutcome>> answer =
        new CachingEmbedder(handedOn, new EmbeddingCache(1, observer), observer)
            .embed(tasks("a"), signal);

    assertThat(Objects.requireNonNull(handedOn.signal.get()).isCancelled()).isTrue();
    handedOn.answer.completeExceptionally(new CancellationException());
    assertThat(answer).isCancelled();
  }

  @Test
  void embed_deadline_reachesTheEmbedder() {
    HandedOn handedOn = new HandedOn();
    CancellationSignal hurried =
        new CancellationSignal() {
          @Override
          public boolean isCancelled() {
            return false;
          }

          @Override
          public Duration remaining() {
            return Duration.ofMillis(7);
          }
        };

    CompletableFuture<List<TextOutcome>> answer =
        new CachingEmbedder(handedOn, new EmbeddingCache(1, observer), observer)
            .embed(tasks("a"), hurried);

    assertThat(answer).isNotDone();
    assertThat(Objects.requireNonNull(handedOn.signal.get()).remaining())
        .isEqualTo(Duration.ofMillis(7));
  }

  @Test
  void cancel_answer_cancelsTheEmbedders() {
    HandedOn handedOn = new HandedOn();

    CompletableFuture<List<TextOutcome>> answer =
        new CachingEmbedder(handedOn, new EmbeddingCache(1, observer), observer)
            .embed(tasks("a"), CancellationSignal.NONE);
    answer.cancel(false);

    assertThat(answer).isCancelled();
    assertThat(Objects.requireNonNull(handedOn.signal.get()).isCancelled()).isTrue();
  }

  @Test
  void embed_fewerOutcomesThanTexts_failsInsteadOfHanging() {
    HandedOn handedOn = new HandedOn();
    CompletableFuture<List<TextOutcome>> answer =
        new CachingEmbedder(handedOn, new EmbeddingCache(1, observer), observer)
            .embed(tasks("a"), CancellationSignal.NONE);

    handedOn.answer.complete(List.of());

    assertThat(answer).isCompletedExceptionally();
  }

  @Test
  void embed_manyThreadsAndLittleRoom_sameOutcomesAsWithout() throws Exception {
    CachingEmbedder small =
        new CachingEmbedder(embedder, new EmbeddingCache(10_000, observer), observer);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    try {
      for (int seed = 0; seed < 4; seed++) {
        Random random = new Random(seed);
        String description = "seed " + seed;
        done.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 200; round++) {
                    List<TextTask> tasks =
                        random.ints(8, 0, 60).mapToObj(i -> task("text " + i)).toList();
                    assertThat(asComputed(small.embed(tasks, CancellationSignal.NONE).join()))
                        .as(description)
                        .isEqualTo(plain(tasks));
                  }
                }));
      }
      for (Future<?> thread : done) {
        thread.get();
      }
    } finally {
      threads.shutdownNow();
    }

    int entry = EmbeddingCache.OVERHEAD_BYTES + 4 * FakeEmbedder.DIMENSION;
    assertThat(observer.hits.get() + observer.misses.get() + observer.collapsedTexts.get())
        .isEqualTo(4 * 200 * 8);
    assertThat(observer.hits).hasPositiveValue();
    assertThat(observer.evictions).hasPositiveValue();
    assertThat(observer.bytes)
        .hasValue((long) (observer.stored.get() - observer.evictions.get()) * entry)
        .hasValueLessThanOrEqualTo(10_000);
  }

  private List<TextOutcome> embed(List<TextTask> tasks) {
    return caching.embed(tasks, CancellationSignal.NONE).join();
  }

  private static List<TextOutcome> plain(List<TextTask> tasks) {
    return new FakeEmbedder().embed(tasks, CancellationSignal.NONE).join();
  }

  private static boolean isCached(TextOutcome outcome) {
    return outcome instanceof TextOutcome.Embedded embedded && embedded.cached();
  }

  /** Leaves out where they come from. */
  private static List<TextOutcome> asComputed(List<TextOutcome> outcomes) {
    return outcomes.stream().map(CachingEmbedderTest::asComputed).toList();
  }

  private static TextOutcome asComputed(TextOutcome outcome) {
    return outcome instanceof TextOutcome.Embedded embedded
        ? new TextOutcome.Embedded(
            embedded.embedding(), embedded.tokens(), embedded.truncatedTokens(), false)
        : outcome;
  }

  private static List<TextTask> tasks(String... texts) {
    return Stream.of(texts).map(CachingEmbedderTest::task).toList();
  }

  private static TextTask task(String text) {
    return new TextTask(text, TruncationPolicy.ERROR);
  }
}
