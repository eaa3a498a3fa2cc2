// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs refused calls, one line in ten seconds at most. Thread-safe. */
public final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Ticker ticker;
  private final AtomicLong nextNanos;
  private final AtomicLong unlogged = new AtomicLong();

  /** The first refusal is logged. */
  public RefusalLog(Ticker ticker) {
    this.ticker = ticker;
    this.nextNanos = new AtomicLong(ticker.read());
  }

  /**
   * Counts a refusal, and logs it unless another was just now.
   *
   * @param method one of the server's
   * @param peer where it came from, if that is known
   */
  public void refused(
      UnauthenticatedException.Reason reason, String method, @Nullable Object peer) {
    unlogged.incrementAndGet();
    long now = ticker.read();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
      LOG.warn(
          "calls refused for their token since the last such line: {}; the last: {}, {} from {}",
          unlogged.getAndSet(0),
          reason,
          method,
          peer);
    }
  }
}
