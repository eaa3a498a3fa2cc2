// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer of daemon threads, which are there only while something is scheduled: nothing is to be
 * closed. Tasks serialise messages and run callers' code: none may hold up another. So one thread
 * minds the time, and each task runs on another; not on the common pool, whose few threads callers
 * keep busy with what they attach to futures, and deadlines would pass unnoticed.
 */
final class DaemonTimer implements Timer {
  private static final long IDLE_SECONDS = 5;
  private final ScheduledThreadPoolExecutor clock;
  private final ExecutorService workers;

  DaemonTimer() {
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, "gcpo-advantage-client-timer");
          thread.setDaemon(true);
          return thread;
        };
    clock = new ScheduledThreadPoolExecutor(1, daemons);
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    workers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons);
  }

  @Override
  public Runnable schedule(long nanos, Runnable task) {
    Future<?> scheduled = clock.schedule(() -> workers.execute(task), nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
