// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the failures of an observer from those whom it observes: they are logged, one a minute at
 * most. Thread-safe.
 */
final class Guard {
  private static final Logger logger = LoggerFactory.getLogger(Guard.class);
  private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Class<?> observer;
  private final LongSupplier nanoClock;
  private final AtomicLong nextLog;

  Guard(Class<?> observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.nanoClock = nanoClock;
    this.nextLog = new AtomicLong(nanoClock.getAsLong());
  }

  void run(Runnable notification) {
    try {
      notification.run();
    } catch (RuntimeException | LinkageError e) {
      if (mayLog()) {
        logger.warn("{} failed; measurements are missing", observer.getSimpleName(), e);
      }
    }
  }

  private boolean mayLog() {
    long now = nanoClock.getAsLong();
    long next = nextLog.get();
    return now - next >= 0 && nextLog.compareAndSet(next, now + PAUSE_NANOS);
  }
}
