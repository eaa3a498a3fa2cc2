// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.common.base.Ticker;

/** A clock, and the means to wait for an instant of it. */
public interface Time {
  /** Nanoseconds since some fixed instant. */
  long nanos();

  /** Returns at {@code nanos} or later, at once if that is past. */
  void awaitUntil(long nanos) throws InterruptedException;

  /** The machine's monotonic clock. */
  static Time system() {
    return new SystemTime(Ticker.systemTicker());
  }
}
