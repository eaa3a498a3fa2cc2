// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.base.Ticker;
import com.google.common.primitives.Ints;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What waits for a core, and how long it will take. Tasks are served in the order in which they
 * come: with more than the cores can do, each would be served when its caller is about to give up,
 * and none in time. So work that would be late is turned away before it costs anything.
 * Thread-safe.
 *
 * <p>A task is taken to last as long as the last ones did on average: they differ, but those that
 * wait are of the same kinds.
 */
final class ComputeQueue implements Executor {
  /** Of an estimate: the network's threads want the same cores, and an answer is to be written. */
  private static final double MARGIN = 1.5;

  /** What a new time counts for in the average, once there are {@link #EVIDENCE}. */
  private static final double NEW = 0.05;

  /**
   * Fewer tasks say nothing: a virtual machine's first ones take many times what they will take.
   */
  private static final int EVIDENCE = 16;

  /** Of the average: one task that a pause held up counts as no more. */
  private static final double OUTLIER = 4;

  /** So many are looked back at for how small a call may be. */
  private static final int CALLS = 64;

  private final Executor executor;
  private final int threads;
  private final Ticker ticker;

  @GuardedBy("this")
  private int tasks;

  @GuardedBy("this")
  private int ended;

  @GuardedBy("this")
  private double meanNanos;

  /** Tasks of the last calls, in a ring. */
  @GuardedBy("this")
  private final int[] calls = new int[CALLS];

  @GuardedBy("this")
  private int nextCall;

  /** In front of an executor of so many threads. */
  ComputeQueue(Executor executor, int threads, Ticker ticker) {
    this.executor = executor;
    this.threads = threads;
    this.ticker = ticker;
  }

  /**
   * Throws {@link PredictedWaitException} if {@code more} tasks would not be done within {@code
   * remaining}. Where nothing waits they always may begin.
   */
  synchronized void check(int more, Duration remaining) {
    calls[nextCall] = more;
    nextCall = (nextCall + 1) % CALLS;
    checkTime(more, remaining);
  }

  /**
   * The same for a call of which nothing is known: it is taken to be as small as the smallest of
   * the last ones, so that hardly any is turned away here that would have found its place.
   */
  synchronized void checkNext(Duration remaining) {
    checkTime(Ints.min(calls), remaining);
  }

  @GuardedBy("this")
  private void checkTime(int more, Duration remaining) {
    double nanos = (tasks + more) * meanNanos / threads;
    if (ended >= EVIDENCE && tasks >= threads && MARGIN * nanos > remaining.toNanos()) {
      throw new PredictedWaitException(Duration.ofNanos(Math.round(nanos)), remaining);
    }
  }

  @Override
  public void execute(Runnable task) {
    changed(1);
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException full) {
      changed(-1);
      throw full;
    }
  }

  private void run(Runnable task) {
    long begin = ticker.read();
    try {
      task.run();
    } finally {
      ended(ticker.read() - begin);
    }
  }

  private synchronized void changed(int by) {
    tasks += by;
  }

  private synchronized void ended(long nanos) {
    tasks--;
    double taken = (double) nanos;
    double time = ended < EVIDENCE ? taken : Math.min(taken, OUTLIER * meanNanos);
    ended = Math.min(ended + 1, EVIDENCE);
    meanNanos += Math.max(NEW, ended < EVIDENCE ? 1.0 / ended : 0) * (time - meanNanos);
  }
}
