// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one client has used up of its limits. Thread-safe. */
final class ClientAccount {
  /** Calls that end say nothing of when; and a wait that is shorter is not worth a refusal. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

  private final String client;
  private final QuotaLimits limits;
  private final Ticker ticker;
  private final QuotaLog log;

  @GuardedBy("this")
  private final @Nullable TokenBucket calls;

  @GuardedBy("this")
  private final @Nullable TokenBucket bytes;

  @GuardedBy("this")
  private int open;

  ClientAccount(String client, QuotaLimits limits, Duration burst, Ticker ticker) {
    long now = ticker.read();
    this.client = client;
    this.limits = limits;
    this.ticker = ticker;
    this.log = new QuotaLog(client, ticker);
    this.calls =
        limits.callsPerSecond() > 0 ? new TokenBucket(limits.callsPerSecond(), burst, now) : null;
    this.bytes =
        limits.bytesPerSecond() > 0 ? new TokenBucket(limits.bytesPerSecond(), burst, now) : null;
  }

  /**
   * Begins a call that is to bring {@code expected} bytes.
   *
   * @return the bytes that it was charged, for {@link #correct}
   * @throws QuotaExceededException if any limit has no room for it; nothing is then taken
   */
  synchronized long begin(long expected) {
    long now = ticker.read();
    if (limits.concurrentCalls() > 0 && open >= limits.concurrentCalls()) {
      throw exceeded(QuotaLimit.CONCURRENT_CALLS, limits.concurrentCalls(), SHORTEST_PAUSE);
    }
    if (calls != null) {
      require(calls, 1, QuotaLimit.CALLS_PER_SECOND, limits.callsPerSecond(), now);
    }
    long charged = 0;
    if (bytes != null) {
      // What is larger than the burst needs a full bucket, and is paid off afterwards.
      charged = (long) bytes.askable((double) expected);
      require(
          bytes,
          (double) charged,
          QuotaLimit.BYTES_PER_SECOND,
          (double) limits.bytesPerSecond(),
          now);
      bytes.take((double) charged, now);
    }
    if (calls != null) {
      calls.take(1, now);
    }
    open++;
    return charged;
  }

  /** Charges {@code actual} bytes in place of {@code charged}. */
  synchronized void correct(long charged, long actual) {
    if (bytes != null) {
      bytes.take((double) actual - charged, ticker.read());
    }
  }

  /** How long until the client owes no bytes. */
  synchronized Duration untilPaid() {
    return bytes == null ? Duration.ZERO : bytes.untilThere(0, ticker.read());
  }

  /** Ends a call that began. */
  synchronized void end() {
    open--;
  }

  /** Calls that have begun and not ended. */
  synchronized int open() {
    return open;
  }

  /** Where its calls over the quota are noted. */
  QuotaLog log() {
    return log;
  }

  private void require(
      TokenBucket bucket, double amount, QuotaLimit limit, double value, long now) {
    Duration wait = bucket.untilThere(amount, now);
    if (!wait.isZero()) {
      throw exceeded(limit, value, wait);
    }
  }

  private QuotaExceededException exceeded(QuotaLimit limit, double value, Duration wait) {
    return new QuotaExceededException(
        client, limit, value, wait.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wait);
  }
}
