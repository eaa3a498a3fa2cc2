// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import com.google.common.base.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so; begins at 0. Thread-safe. */
public final class ManualTicker extends Ticker {
  private final AtomicLong nanos = new AtomicLong();

  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long read() {
    return nanos.get();
  }
}
