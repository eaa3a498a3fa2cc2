// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.bootstrap.Managed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at files again and again. Thread-safe. */
public final class Reloader implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  private final ImmutableList<WatchedFiles> watched;
  private final Duration interval;
  private final ScheduledExecutorService scheduler;

  /** Owns the scheduler. */
  public Reloader(
      List<? extends Reloadable> reloadables,
      ReloadObserver observer,
      Duration interval,
      ScheduledExecutorService scheduler) {
    this.watched =
        reloadables.stream()
            .map(each -> new WatchedFiles(each, observer))
            .collect(ImmutableList.toImmutableList());
    this.interval = interval;
    this.scheduler = scheduler;
  }

  /**
   * Reads everything for the first time.
   *
   * @throws RefusedException if anything cannot be used
   */
  public void load() throws RefusedException {
    for (WatchedFiles each : watched) {
      each.load();
    }
  }

  /** Takes what has changed since and is good. */
  public void check() {
    watched.forEach(WatchedFiles::check);
  }

  @Override
  public void start() {
    if (!watched.isEmpty()) {
      long nanos = interval.toNanos();
      // Ends with the scheduler and never fails.
      var unused =
          scheduler.scheduleWithFixedDelay(this::checkSafely, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void stop() {
    scheduler.shutdownNow();
  }

  /** A scheduled task that throws once is never run again. */
  private void checkSafely() {
    try {
      check();
    } catch (RuntimeException defect) {
      LOG.error("files were not looked at", defect);
    }
  }
}
