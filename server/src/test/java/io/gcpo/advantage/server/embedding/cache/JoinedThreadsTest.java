// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.DigestTask;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads that ask for the same few texts while an embedder answers or fails at random. */
final class JoinedThreadsTest {
  private static final int CALLERS = 4;
  private static final int ROUNDS = 300;

  private final ManualEmbedder embedder = new ManualEmbedder();
  private final CachingEmbedder caching =
      new CachingEmbedder(
          embedder, new EmbeddingCache(3_000, CacheObserver.NONE), CacheObserver.NONE);

  @Test
  void everyCall_someFail_endsWithItsOwnOutcome() throws Exception {
    AtomicInteger live = new AtomicInteger(CALLERS);
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS + 1);
    List<CompletableFuture<?>> unanswered = new ArrayList<>();
    List<Future<List<CompletableFuture<?>>>> callers = new ArrayList<>();
    try {
      for (int seed = 0; seed < CALLERS; seed++) {
        Random random = new Random(seed);
        callers.add(
            threads.submit(
                () -> {
                  try {
                    return ask(random);
                  } finally {
                    live.decrementAndGet();
                  }
                }));
      }
      threads.submit(() -> answer(live)).get(60, TimeUnit.SECONDS);
      for (Future<List<CompletableFuture<?>>> caller : callers) {
        unanswered.addAll(caller.get());
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(unanswered).hasSize(CALLERS * ROUNDS).allMatch(CompletableFuture::isDone);
    assertThat(unanswered).noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(caching.runningTexts()).isZero();
  }

  private List<CompletableFuture<?>> ask(Random random) {
    List<CompletableFuture<?>> checked = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<TextTask> tasks =
          random
              .ints(4, 0, 12)
              .mapToObj(i -> new TextTask("text " + i, TruncationPolicy.CHUNK_MEAN))
              .toList();
      checked.add(
          random.nextInt(4) == 0
              ? caching
                  .find(tasks.stream().map(DigestTask::of).toList(), CancellationSignal.NONE)
                  .thenAccept(outcomes -> assertThat(outcomes).hasSize(4))
              : caching
                  .embed(tasks, CancellationSignal.NONE)
                  .exceptionally(cancelled -> plain(tasks))
                  .thenAccept(outcomes -> assertThat(cached(outcomes)).isEqualTo(plain(tasks))));
    }
    return checked;
  }

  /** Ends when nobody asks any more and every call of the embedder has ended, or with the test. */
  private void answer(AtomicInteger live) {
    Random random = new Random(99);
    int next = 0;
    while ((live.get() > 0 || next < embedder.calls().size())
        && !Thread.currentThread().isInterrupted()) {
      List<ManualEmbedder.Call> calls = embedder.calls();
      for (; next < calls.size(); next++) {
        if (random.nextInt(3) == 0) {
          calls.get(next).fail(new CancellationException());
        } else {
          calls.get(next).succeed();
        }
      }
      Thread.onSpinWait();
    }
  }

  private static List<TextOutcome> plain(List<TextTask> tasks) {
    return cached(new FakeEmbedder().embed(tasks, CancellationSignal.NONE).join());
  }

  private static List<TextOutcome> cached(List<TextOutcome> outcomes) {
    return outcomes.stream().map(TextOutcome::asCached).toList();
  }
}
