// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which of the waiting windows go through the model together.
 *
 * <p>Each window has a time by which it is due. The one that is due first gives a batch its padded
 * length; the batch is filled, up to a budget of tokens, with windows of that length, those due
 * first before others. So a window waits for batches that something due before it began, and for
 * what goes along in them out of turn: whoever takes a batch says what may.
 *
 * <p>A planner that mixes lengths then goes on with the next shorter ones, down to three quarters
 * of the batch's: fewer, larger batches, at the price of an embedding that depends, in its last
 * bits, on its neighbours.
 *
 * <p>Not thread-safe.
 *
 * @param <T> a window
 */
final class BatchPlanner<T> {
  /** Of the batch's length; so that at most a quarter of a batch is padding for others' sake. */
  private static final double SHORTEST = 0.75;

  private final boolean mixesLengths;
  private final NavigableMap<Integer, Bucket<T>> byLength = new TreeMap<>();
  private long nextNumber;
  private int size;
  private long tokens;

  BatchPlanner(boolean mixesLengths) {
    this.mixesLengths = mixesLengths;
  }

  /** Adds a window that is due at {@code due}, in a ticker's nanoseconds. */
  void add(T item, int paddedLength, long due) {
    byLength
        .computeIfAbsent(paddedLength, Bucket::new)
        .entries
        .add(new Entry<>(item, due, nextNumber++));
    size++;
    tokens += paddedLength;
  }

  /** Windows that wait. */
  int size() {
    return size;
  }

  /** Their tokens, padding included. */
  long tokens() {
    return tokens;
  }

  /** The largest value of a waiting window; 0 if none waits. O(n), for those who ask seldom. */
  long longest(ToLongFunction<T> value) {
    long longest = 0;
    for (Bucket<T> bucket : byLength.values()) {
      for (Entry<T> entry : bucket.entries) {
        longest = Math.max(longest, value.applyAsLong(entry.item()));
      }
    }
    return longest;
  }

  /**
   * Removes and returns the next batch, the longest windows first: at least one window, and no more
   * than {@code tokenBudget} tokens if there are several; empty if none waits.
   *
   * @param latestDue what is due later goes in no batch that something else began; empty: all may
   */
  List<T> next(int tokenBudget, OptionalLong latestDue) {
    Bucket<T> first = dueFirst();
    if (first == null) {
      return List.of();
    }
    int rows = Math.max(1, tokenBudget / first.length);
    List<T> batch = new ArrayList<>(Math.min(rows, size));
    for (Bucket<T> bucket : mixesLengths ? downFrom(first) : List.of(first)) {
      int before = batch.size();
      while (batch.size() < rows
          && !bucket.entries.isEmpty()
          && (batch.isEmpty() || bucket.entries.element().isDueBy(latestDue))) {
        batch.add(bucket.entries.remove().item());
      }
      removed(bucket, batch.size() - before);
    }
    return batch;
  }

  /** Removes and returns the windows for which {@code condition} holds. */
  List<T> removeIf(Predicate<T> condition) {
    List<T> matching = new ArrayList<>();
    for (Bucket<T> bucket : List.copyOf(byLength.values())) {
      int before = matching.size();
      bucket.entries.removeIf(entry -> condition.test(entry.item()) && matching.add(entry.item()));
      removed(bucket, matching.size() - before);
    }
    return matching;
  }

  private @Nullable Bucket<T> dueFirst() {
    return byLength.values().stream()
        .min(Comparator.comparing(bucket -> bucket.entries.element()))
        .orElse(null);
  }

  private List<Bucket<T>> downFrom(Bucket<T> first) {
    int shortest = (int) Math.ceil(SHORTEST * first.length);
    return List.copyOf(
        byLength.subMap(shortest, true, first.length, true).descendingMap().values());
  }

  private void removed(Bucket<T> bucket, int rows) {
    size -= rows;
    tokens -= (long) rows * bucket.length;
    if (bucket.entries.isEmpty()) {
      byLength.remove(bucket.length);
    }
  }

  /** The windows of one padded length; not empty while it is in the map. */
  private static final class Bucket<T> {
    private final int length;
    private final PriorityQueue<Entry<T>> entries = new PriorityQueue<>();

    Bucket(int length) {
      this.length = length;
    }
  }

  /** By when it is due, then by arrival. */
  private record Entry<T>(T item, long due, long number) implements Comparable<Entry<T>> {
    boolean isDueBy(OptionalLong time) {
      return time.isEmpty() || due - time.getAsLong() <= 0;
    }

    @Override
    public int compareTo(Entry<T> other) {
      // A ticker may pass the largest long: only differences mean something.
      int byDue = Long.signum(due - other.due);
      return byDue != 0 ? byDue : Long.compare(number, other.number);
    }
  }
}
