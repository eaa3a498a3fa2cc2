// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The tokens that wait, by when they are due, in slices of 20 ms. Times are a ticker's nanoseconds.
 * Not thread-safe.
 */
final class Backlog {
  private static final long SLICE = 20_000_000;

  private final long origin;
  private final NavigableMap<Long, Slice> slices = new TreeMap<>();
  private long tokens;

  /** {@code now} is the ticker's time: a ticker may pass the largest long, differences may not. */
  Backlog(long now) {
    this.origin = now;
  }

  /** All of them. */
  long tokens() {
    return tokens;
  }

  /** These wait now. */
  void add(PendingRequest request, long tokens) {
    Slice slice = slices.computeIfAbsent(slice(request.due()), due -> new Slice());
    slice.tokens += tokens;
    slice.deadline = Math.min(slice.deadline, request.deadline() - origin);
    this.tokens += tokens;
  }

  /** As many as were added before wait no longer. */
  void remove(PendingRequest request, long tokens) {
    long key = slice(request.due());
    Slice slice = slices.get(key);
    if (slice == null) {
      throw new IllegalStateException("no tokens wait that are due at " + request.due());
    }
    slice.tokens -= tokens;
    this.tokens -= tokens;
    if (slice.tokens == 0) {
      slices.remove(key);
    }
  }

  /** Tokens that are served before what is due at {@code due}. */
  long dueBy(long due) {
    long later = 0;
    for (Slice slice : slices.tailMap(slice(due), false).values()) {
      later += slice.tokens;
    }
    return tokens - later;
  }

  /**
   * Whether {@code more} tokens due at {@code due} would make others late that are in time without
   * them. What is late anyway is nobody's fault.
   *
   * @param busy tokens that are served before all that wait
   */
  boolean displaces(long due, long more, long busy, double tokensPerNano, long now) {
    long before = busy + dueBy(due);
    for (Slice slice : slices.tailMap(slice(due), false).values()) {
      before += slice.tokens;
      double left = slice.deadline - (now - origin);
      if (before / tokensPerNano <= left && (before + more) / tokensPerNano > left) {
        return true;
      }
    }
    return false;
  }

  /**
   * The time by which work must be due to be served out of turn: with {@code more} tokens ahead of
   * all that is due up to then some of it might be late that is in time without them. Empty: nobody
   * would be late.
   *
   * @param busy tokens that are served before all that wait
   * @param caution times the tokens that are ahead anyway; at least 1
   */
  OptionalLong firstDelayed(
      double more, long busy, double caution, double tokensPerNano, long now) {
    long before = busy;
    for (Map.Entry<Long, Slice> entry : slices.entrySet()) {
      Slice slice = entry.getValue();
      before += slice.tokens;
      double left = slice.deadline - (now - origin);
      if (before / tokensPerNano <= left && (caution * before + more) / tokensPerNano > left) {
        return OptionalLong.of(origin + (entry.getKey() + 1) * SLICE - 1);
      }
    }
    return OptionalLong.empty();
  }

  private long slice(long due) {
    return Math.floorDiv(due - origin, SLICE);
  }

  /** What is due at about one time. */
  private static final class Slice {
    private long tokens;

    /** The first at which somebody no longer waits for them, since the origin. */
    private long deadline = Long.MAX_VALUE;
  }
}
