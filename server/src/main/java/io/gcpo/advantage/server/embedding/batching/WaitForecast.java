// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How long new work would wait for the model, and whether it may. Serving what is due first does
 * well until there is too much: then all of it is served when it is about to be late. So work is
 * turned away, before it costs anything, that would be late, or would make other work late that was
 * let in before. Where nothing waits, work is always let in: what it takes is the next evidence.
 * Not thread-safe.
 */
final class WaitForecast {
  /**
   * Of an estimate, for what it cannot know: batches part filled, the maths behind the model, and
   * how long a call was under way when its deadline was read.
   */
  private static final double MARGIN = 1.5;

  /** Of others that go first: the one that is put together, and the one it is itself part of. */
  private static final double SPARE_BATCHES = 2;

  /** The pace may fall as work is let in: part of {@link #MARGIN} is for that, not for others. */
  private static final double CAUTION = 1.25;

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Nanoseconds, where nothing is known. */
  private static final double UNKNOWN_PAUSE = 5e8;

  /** The golden ratio's steps spread evenly over [0, 1), however many are taken. */
  private static final double STEP = 0.618_033_988_749_895;

  private final Pace pace;
  private final Backlog backlog;
  private final long maxTokens;
  private final long maxWaitNanos;
  private long busyTokens;
  private double spread;

  /** {@code maxWait} zero: no other bound than callers' deadlines and {@code maxTokens}. */
  WaitForecast(int workers, long maxTokens, Duration maxWait, long now) {
    this.pace = new Pace(workers);
    this.backlog = new Backlog(now);
    this.maxTokens = maxTokens;
    this.maxWaitNanos = maxWait.isZero() ? Long.MAX_VALUE : maxWait.toNanos();
  }

  /** What waits. */
  Backlog backlog() {
    return backlog;
  }

  /** A batch of {@code tokens} goes into the model. */
  void batchTaken(long tokens) {
    busyTokens += tokens;
  }

  /** It will not come out, as far as anybody knows. */
  void batchLost(long tokens) {
    busyTokens -= tokens;
  }

  /** It has come out; {@code othersWait}: the pace was that of a full house. */
  void batchDone(long tokens, long nanos, boolean othersWait, long now) {
    busyTokens -= tokens;
    if (othersWait) {
      pace.add(tokens, nanos, now);
    }
  }

  /** Until all that waits is done; zero without evidence. */
  Duration untilDone(long now) {
    OptionalDouble rate = pace.tokensPerNano(now);
    return rate.isEmpty() || backlog.tokens() == 0
        ? Duration.ZERO
        : Duration.ofNanos((long) ((busyTokens + backlog.tokens()) / rate.getAsDouble()));
  }

  /** Whether what has {@code remaining} is late whatever happens: a batch takes longer. */
  boolean isTooLate(Duration remaining, long now) {
    return pace.tokensPerNano(now).isPresent() && remaining.toNanos() < pace.batchNanos() / 2;
  }

  /**
   * By when work must be due to go along out of turn, in a batch that is due before it: else some
   * that waits for its turn would be late. Empty: all may go along.
   */
  OptionalLong latestOutOfTurn(long now) {
    OptionalDouble rate = pace.tokensPerNano(now);
    if (rate.isEmpty()) {
      return OptionalLong.empty();
    }
    double spare = SPARE_BATCHES * pace.batchNanos() * rate.getAsDouble();
    return backlog.firstDelayed(spare, busyTokens, CAUTION, rate.getAsDouble(), now);
  }

  /** What one batch takes; zero without evidence. */
  Duration batchTime() {
    return Duration.ofNanos((long) pace.batchNanos());
  }

  /** Throws what keeps {@code tokens} more of {@code request} out. */
  void check(PendingRequest request, long tokens, long now) {
    long waiting = backlog.tokens();
    if (waiting == 0) {
      return;
    }
    OptionalDouble evidence = pace.tokensPerNano(now);
    if (waiting + tokens > maxTokens) {
      double excess = waiting + tokens - maxTokens;
      throw QueueFullException.ofTokens(
          tokens,
          waiting,
          maxTokens,
          pause(evidence.isEmpty() ? UNKNOWN_PAUSE : excess / evidence.getAsDouble()));
    }
    if (evidence.isPresent()) {
      check(request, tokens, evidence.getAsDouble(), now);
    }
  }

  private void check(PendingRequest request, long tokens, double rate, long now) {
    double begins = (busyTokens + backlog.dueBy(request.due())) / rate;
    double ends = begins + tokens / rate + pace.batchNanos();
    double remaining = request.deadline() - now;
    if (ends * MARGIN > remaining) {
      throw new PredictedWaitException(
          Duration.ofNanos((long) ends), Duration.ofNanos(request.deadline() - now));
    }
    if (begins > maxWaitNanos) {
      throw QueueFullException.ofWait(
          Duration.ofNanos((long) begins),
          Duration.ofNanos(maxWaitNanos),
          pause(begins - maxWaitNanos));
    }
    if (backlog.displaces(request.due(), tokens, busyTokens, rate, now)) {
      throw QueueFullException.ofOthers(pause((busyTokens + backlog.tokens()) / rate));
    }
  }

  /** Those who are turned away together must not come back together. */
  private Duration pause(double nanos) {
    spread = (spread + STEP) % 1;
    Duration pause = Duration.ofNanos((long) (nanos * (1 + spread / 2)));
    if (pause.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE.plus(Duration.ofNanos((long) (SHORTEST_PAUSE.toNanos() * spread)));
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
