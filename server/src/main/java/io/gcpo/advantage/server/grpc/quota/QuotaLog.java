// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the calls of one client that are over its quota, one line in ten seconds. Thread-safe. */
final class QuotaLog {
  private static final Logger LOG = LoggerFactory.getLogger(QuotaLog.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final String client;
  private final Ticker ticker;

  @GuardedBy("this")
  private long nextNanos;

  @GuardedBy("this")
  private long unlogged;

  /** The first is logged. */
  QuotaLog(String client, Ticker ticker) {
    this.client = client;
    this.ticker = ticker;
    this.nextNanos = ticker.read();
  }

  /** Counts a call, and logs it unless another was just now. */
  synchronized void exceeded(QuotaExceededException excess, QuotaMode mode) {
    unlogged++;
    long now = ticker.read();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + PAUSE_NANOS;
    LOG.warn(
        "client {}: calls that {} since the last such line: {}; the last: {}",
        client.isEmpty() ? "without a name" : client,
        mode == QuotaMode.SHADOW ? "would have been refused (quota.mode: shadow)" : "were refused",
        unlogged,
        excess.getMessage());
    unlogged = 0;
  }
}
