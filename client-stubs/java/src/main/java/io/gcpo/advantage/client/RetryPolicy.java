// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.time.Duration;

/**
 * When a failed call is made again.
 *
 * <p>Only UNAVAILABLE is repeated, a CANCELLED that the caller did not ask for (the server or
 * something before it went away), and a refusal for the client's quota. Repeating is safe, as
 * answers are pure functions of their requests. The wait after failure k (from 1) is drawn evenly
 * from the upper half of {@code min(maxBackoff, initialBackoff * multiplier^(k - 1))}: the lower
 * bound keeps load off a server that is starting, the spread keeps callers from returning all at
 * once. A server's push-back ({@code grpc-retry-pushback-ms}) and {@code google.rpc.RetryInfo} are
 * lower bounds of the wait; where the push-back is negative or no number the failure stands. A wait
 * that would outlast the deadline is not begun: the last failure is thrown at once.
 *
 * <p>A group that alone is UNAVAILABLE is sent at most {@value #MAX_LOSSES} times, then its error
 * stands. Times that the server had no room for it (reasons QUEUE_FULL, DRAINING) do not count, nor
 * do calls that fail as a whole.
 *
 * @param maxAttempts attempts of one call, the first included; at least 1. By default the deadline
 *     is the only bound: a server that restarts is back in seconds.
 * @param initialBackoff longest wait after the first failure; positive
 * @param maxBackoff longest wait; at least {@code initialBackoff}
 * @param multiplier growth of the wait; finite, at least 1
 */
public record RetryPolicy(
    int maxAttempts, Duration initialBackoff, Duration maxBackoff, double multiplier) {

  /**
   * How often the model may be lost on a group, which is not sent again then: there may be texts on
   * which an engine fails every time, and each attempt costs the server a batch, or a worker.
   */
  public static final int MAX_LOSSES = 3;

  /** Until the deadline; 0.2 s, growing twofold, up to 5 s. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(200), Duration.ofSeconds(5), 2);

  /** No call is repeated. */
  public static final RetryPolicy NONE = DEFAULT.withMaxAttempts(1);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public RetryPolicy {
    Options.require(maxAttempts >= 1, "maxAttempts", maxAttempts, ">= 1");
    Options.requirePositive("initialBackoff", initialBackoff);
    Options.requirePositive("maxBackoff", maxBackoff);
    Options.require(
        maxBackoff.compareTo(initialBackoff) >= 0,
        "maxBackoff",
        maxBackoff,
        ">= initialBackoff, " + initialBackoff);
    Options.require(
        Double.isFinite(multiplier) && multiplier >= 1, "multiplier", multiplier, "finite, >= 1");
  }

  /** The same with another bound on attempts. */
  public RetryPolicy withMaxAttempts(int maxAttempts) {
    return new RetryPolicy(maxAttempts, initialBackoff, maxBackoff, multiplier);
  }

  /**
   * Nanoseconds to wait after a failure.
   *
   * @param failures so far, at least 1
   * @param draw in [0, 1)
   */
  long backoffNanos(int failures, double draw) {
    double grown = (double) initialBackoff.toNanos() * Math.pow(multiplier, failures - 1.0);
    double longest = Math.min((double) maxBackoff.toNanos(), grown);
    return (long) (longest * (0.5 + 0.5 * draw));
  }
}
