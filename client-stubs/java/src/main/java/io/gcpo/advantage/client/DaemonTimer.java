// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A timer of one daemon thread, which is there only while something is scheduled: nothing is to be
 * closed. Tasks run on the common pool, since they serialise messages and run callers' code, which
 * must not hold up other tasks.
 */
final class DaemonTimer implements Timer {
  private static final long IDLE_SECONDS = 5;

  private final ScheduledThreadPoolExecutor executor;

  DaemonTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "gcpo-advantage-client-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public Runnable schedule(long nanos, Runnable task) {
    Future<?> scheduled =
        executor.schedule(
            () -> ForkJoinPool.commonPool().execute(task), nanos, TimeUnit.NANOSECONDS);
    return () -> scheduled.cancel(false);
  }
}
