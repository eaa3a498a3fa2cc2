// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer of daemon threads, which are there only while something is scheduled: nothing is to be
 * closed. One thread minds the time; tasks serialise messages and run callers' code, and run on a
 * few others. Not on the common pool: callers keep its threads busy with what they attach to
 * futures, and deadlines would pass unnoticed.
 */
final class DaemonTimer implements Timer {
  private static final int WORKERS = 8;
  private static final long IDLE_SECONDS = 5;
  private final ScheduledThreadPoolExecutor clock;
  private final Executor workers;

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
    ThreadPoolExecutor few =
        new ThreadPoolExecutor(
            WORKERS, WORKERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
    few.allowCoreThreadTimeOut(true);
    workers = few;
  }

  @Override
  public Runnable schedule(long nanos, Runnable task) {
    Future<?> scheduled = clock.schedule(() -> workers.execute(task), nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
