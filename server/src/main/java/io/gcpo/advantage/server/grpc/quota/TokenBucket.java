// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import java.time.Duration;

/**
 * Fills at a steady rate up to its capacity, and may owe: what turns out larger than it was said to
 * be is charged all the same. Guarded by its {@link ClientAccount}.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  /** No wait that anybody would hear of is longer, and none that is added to a time overflows. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final double perNano;
  private final double capacity;
  private double balance;
  private long filledAt;

  /** A full one, of at least one unit. */
  TokenBucket(double perSecond, Duration burst, long now) {
    perNano = perSecond / NANOS;
    capacity = Math.max(1, perNano * burst.toNanos());
    balance = capacity;
    filledAt = now;
  }

  /** The most that can be asked for at once: {@code amount}, cut to the capacity. */
  double askable(double amount) {
    return Math.min(amount, capacity);
  }

  /** How long until {@code amount}, at most the capacity, is there; zero: it is. */
  Duration untilThere(double amount, long now) {
    fill(now);
    double missing = amount - balance;
    if (missing <= 0) {
      return Duration.ZERO;
    }
    // The next nanosecond and not the one before: who waits as long as this must not be early.
    double nanos = Math.min(Math.ceil(missing / perNano) + 1, (double) LONGEST.toNanos());
    return Duration.ofNanos((long) nanos);
  }

  /** Takes {@code amount} whether or not it is there; one below zero is given back. */
  void take(double amount, long now) {
    fill(now);
    balance = Math.min(capacity, balance - amount);
  }

  private void fill(long now) {
    balance = Math.min(capacity, balance + perNano * (now - filledAt));
    filledAt = now;
  }
}
