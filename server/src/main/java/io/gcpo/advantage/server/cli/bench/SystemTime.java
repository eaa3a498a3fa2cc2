// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.common.base.Ticker;
import java.util.concurrent.locks.LockSupport;

/** Real time: the waiting thread is parked. */
record SystemTime(Ticker ticker) implements Time {
  @Override
  public long nanos() {
    return ticker.read();
  }

  @Override
  public void awaitUntil(long nanos) throws InterruptedException {
    for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
