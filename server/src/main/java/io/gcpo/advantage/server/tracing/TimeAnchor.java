// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A moment on two clocks: durations come from the ticker, which never jumps, and the time of day
 * from the other, which other machines know.
 *
 * @param epochNanos since 1970
 * @param reading of the ticker, then
 */
record TimeAnchor(long epochNanos, long reading) {
  static TimeAnchor now(Clock clock, Ticker ticker) {
    Instant now = clock.instant();
    return new TimeAnchor(
        TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), ticker.read());
  }

  /** The time of day, in nanoseconds since 1970, of another reading. */
  long epochNanosAt(long otherReading) {
    return epochNanos + (otherReading - reading);
  }
}
