// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.DigestedText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReadingAheadTest {
  private static final Set<TextFeatures> WORDS =
      Set.of(new TextFeatures.OfWords(1), new TextFeatures.OfWords(2));

  private final Deque<Runnable> queue = new ArrayDeque<>();
  private final RecordingTextCacheObserver observer = new RecordingTextCacheObserver();
  private final TextMemory memory = new TextMemory(new TextsConfig(1 << 20), observer);
  private final ReadingAhead reading = new ReadingAhead(memory, queue::add, 2);

  @Test
  void read_texts_allFeaturesAreKept() {
    List<DigestedText> texts = texts(5);

    CompletableFuture<Void> end = reading.read(texts, WORDS, CancellationSignal.NONE);
    assertThat(end).isNotDone();
    runAll();

    assertThat(end).isCompleted();
    assertThat(observer.stored).hasSize(10);
    assertThat(texts).allSatisfy(text -> assertThat(memory.find(text.digest(), WORDS)).isPresent());
  }

  @Test
  void read_oneTextATask_othersGetTheirTurn() {
    CompletableFuture<Void> end = reading.read(texts(5), WORDS, CancellationSignal.NONE);
    AtomicBoolean other = new AtomicBoolean();
    queue.add(() -> other.set(true));

    queue.remove().run();
    queue.remove().run();
    queue.remove().run();

    assertThat(other).isTrue();
    assertThat(end).isNotDone();
    assertThat(observer.stored).hasSize(4);
  }

  @Test
  void read_manyCalls_holdNoMoreThanTheLanes() {
    List<CompletableFuture<Void>> ends =
        texts(20).stream()
            .map(text -> reading.read(List.of(text), WORDS, CancellationSignal.NONE))
            .toList();
    AtomicBoolean other = new AtomicBoolean();
    queue.add(() -> other.set(true));

    assertThat(queue).hasSize(3);
    runAll();

    assertThat(other).isTrue();
    assertThat(ends).allSatisfy(end -> assertThat(end).isCompleted());
    assertThat(reading.read(texts(20), WORDS, CancellationSignal.NONE)).isNotDone();
    assertThat(queue).hasSize(2);
  }

  @Test
  void read_twoCalls_takeTurns() {
    CompletableFuture<Void> large = reading.read(texts(20), WORDS, CancellationSignal.NONE);
    CompletableFuture<Void> small = reading.read(texts(1), WORDS, CancellationSignal.NONE);

    queue.remove().run();
    queue.remove().run();

    assertThat(small).isCompleted();
    assertThat(large).isNotDone();
  }

  @Test
  void read_executorIsFullLater_failsAllThatWait() {
    AtomicBoolean isFull = new AtomicBoolean();
    RejectedExecutionException full = new RejectedExecutionException();
    ReadingAhead refused =
        new ReadingAhead(
            memory,
            task -> {
              if (isFull.get()) {
                throw full;
              }
              queue.add(task);
            },
            2);
    CompletableFuture<Void> first = refused.read(texts(5), WORDS, CancellationSignal.NONE);
    CompletableFuture<Void> second = refused.read(texts(5), WORDS, CancellationSignal.NONE);

    isFull.set(true);
    queue.remove().run();
    assertThat(first).isNotDone();
    assertThat(second).isNotDone();
    queue.remove().run();
    assertThat(failure(first)).isSameAs(full);
    assertThat(failure(second)).isSameAs(full);

    isFull.set(false);
    CompletableFuture<Void> third = refused.read(texts(5), WORDS, CancellationSignal.NONE);
    runAll();
    assertThat(third).isCompleted();
  }

  @Test
  void read_cancelled_stops() {
    AtomicBoolean cancelled = new AtomicBoolean();
    CompletableFuture<Void> end = reading.read(texts(5), WORDS, cancelled::get);
    queue.remove().run();

    cancelled.set(true);
    runAll();

    assertThat(failure(end)).isInstanceOf(CancellationException.class);
    assertThat(observer.stored).hasSize(2);
  }

  @Test
  void read_executorIsFull_fails() {
    RejectedExecutionException full = new RejectedExecutionException();
    ReadingAhead refused =
        new ReadingAhead(
            memory,
            task -> {
              throw full;
            },
            1);

    assertThat(failure(refused.read(texts(1), WORDS, CancellationSignal.NONE))).isSameAs(full);
  }

  @Test
  void read_nothingWantedOrKept_isDoneAtOnce() {
    TextMemory none = new TextMemory(new TextsConfig(0), observer);

    assertThat(reading.read(texts(3), Set.of(), CancellationSignal.NONE)).isCompleted();
    assertThat(reading.read(List.of(), WORDS, CancellationSignal.NONE)).isCompleted();
    assertThat(new ReadingAhead(none, queue::add, 1).read(texts(3), WORDS, CancellationSignal.NONE))
        .isCompleted();
    assertThat(queue).isEmpty();
  }

  /** Of a future that has failed already; null for any other. */
  private static @Nullable Throwable failure(CompletableFuture<?> future) {
    return future.isDone() ? future.handle((done, failure) -> failure).join() : null;
  }

  private void runAll() {
    while (!queue.isEmpty()) {
      queue.remove().run();
    }
  }

  private static List<DigestedText> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> new DigestedText("text number " + i)).toList();
  }
}
