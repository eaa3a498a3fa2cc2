// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the waiting windows go through the model together.
 *
 * <p>A batch holds windows of one padded length only: no window is padded for its neighbours' sake,
 * so that its embedding cannot depend on them. The length is that of the window that has waited
 * longest; the batch is filled in order of arrival, up to a budget of tokens. So every window is at
 * the front after a bounded number of batches. Not thread-safe.
 *
 * @param <T> a window
 */
final class BatchPlanner<T> {
  private final Map<Integer, Bucket<T>> buckets = new HashMap<>();
  private long nextNumber;
  private int size;
  private long tokens;

  /** Appends a window. */
  void add(T item, int paddedLength) {
    buckets
        .computeIfAbsent(paddedLength, Bucket::new)
        .entries
        .addLast(new Entry<>(item, nextNumber++));
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

  /**
   * Removes and returns the next batch: at least one window, and no more than {@code tokenBudget}
   * tokens if there are several; empty if none waits.
   */
  List<T> next(int tokenBudget) {
    Bucket<T> bucket = oldest();
    if (bucket == null) {
      return List.of();
    }
    int rows = Math.min(bucket.entries.size(), Math.max(1, tokenBudget / bucket.length));
    List<T> batch = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      batch.add(bucket.entries.removeFirst().item());
    }
    removed(bucket, rows);
    return batch;
  }

  /** Removes and returns the windows for which {@code condition} holds. */
  List<T> removeIf(Predicate<T> condition) {
    List<T> matching = new ArrayList<>();
    for (Bucket<T> bucket : List.copyOf(buckets.values())) {
      int before = matching.size();
      bucket.entries.removeIf(entry -> condition.test(entry.item()) && matching.add(entry.item()));
      removed(bucket, matching.size() - before);
    }
    return matching;
  }

  private @Nullable Bucket<T> oldest() {
    Bucket<T> oldest = null;
    for (Bucket<T> bucket : buckets.values()) {
      if (oldest == null || bucket.firstNumber() < oldest.firstNumber()) {
        oldest = bucket;
      }
    }
    return oldest;
  }

  private void removed(Bucket<T> bucket, int rows) {
    size -= rows;
    tokens -= (long) rows * bucket.length;
    if (bucket.entries.isEmpty()) {
      buckets.remove(bucket.length);
    }
  }

  private record Entry<T>(T item, long number) {}

  /** The windows of one padded length; not empty while it is in the map. */
  private static final class Bucket<T> {
    private final int length;
    private final Deque<Entry<T>> entries = new ArrayDeque<>();

    Bucket(int length) {
      this.length = length;
    }

    long firstNumber() {
      return entries.getFirst().number();
    }
  }
}
