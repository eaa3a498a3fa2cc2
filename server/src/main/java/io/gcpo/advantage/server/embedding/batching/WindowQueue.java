// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What waits for the model, bounded by tokens.
 *
 * <p>A request is admitted before its texts are tokenised, on an estimate of their tokens: {@link
 * #reserve}. The estimate is given back as the real windows are added. An empty queue admits any
 * request, so that none is refused for ever: the bound is exceeded by at most one request and by
 * the error of the estimates.
 *
 * <p>Thread-safe. Requests that are found abandoned are cancelled outside the lock.
 */
final class WindowQueue {
  private static final double NEARLY_FULL = 0.8;

  /** A look at all that waits; under overload many are turned away a millisecond. */
  private static final long SWEEP_NANOS = 20_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long maxTokens;
  private final Duration maxWait;
  private final EmbeddingObserver observer;
  private final Ticker ticker;

  @GuardedBy("lock")
  private final BatchPlanner<PendingWindow> planner;

  @GuardedBy("lock")
  private final WaitForecast forecast;

  @GuardedBy("lock")
  private long nextSweep;

  @GuardedBy("lock")
  private boolean closed;

  /** For so many workers; {@code maxWait} as {@link BatchingConfig} has it. */
  WindowQueue(
      int workers,
      long maxTokens,
      Duration maxWait,
      boolean mixesLengths,
      EmbeddingObserver observer,
      Ticker ticker) {
    this.planner = new BatchPlanner<>(mixesLengths);
    this.forecast = new WaitForecast(workers, maxTokens, maxWait, ticker.read());
    this.nextSweep = ticker.read();
    this.maxTokens = maxTokens;
    this.maxWait = maxWait;
    this.observer = observer;
    this.ticker = ticker;
  }

  /** The bound. */
  long maxTokens() {
    return maxTokens;
  }

  /**
   * Admits texts of about {@code tokens} tokens. Throws {@link QueueFullException} or {@link
   * PredictedWaitException} if too much waits already, and {@link EmbeddingUnavailableException} if
   * the queue is closed.
   */
  void reserve(PendingRequest request, long tokens) {
    try {
      tryReserve(request, tokens);
    } catch (QueueFullException | PredictedWaitException full) {
      // Those that nobody waits for must not keep others out.
      removeAbandoned();
      tryReserve(request, tokens);
    }
  }

  /** As {@link BatchingConfig} has it. */
  Duration maxWait() {
    return maxWait;
  }

  /** How long the window that has waited longest has waited at {@code now}; zero for none. */
  Duration oldestWait(long now) {
    lock.lock();
    try {
      return Duration.ofNanos(planner.longest(window -> now - window.since()));
    } finally {
      lock.unlock();
    }
  }

  /** Until all that waits is done, by the pace of late; zero where that is not known. */
  Duration estimatedWait() {
    lock.lock();
    try {
      return forecast.untilDone(ticker.read());
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what {@link #reserve} took, or a part of it. */
  void release(PendingRequest request, long tokens) {
    lock.lock();
    try {
      forecast.backlog().remove(request, tokens);
    } finally {
      lock.unlock();
    }
  }

  /** Appends windows; throws {@link EmbeddingUnavailableException} if the queue is closed. */
  void add(List<PendingWindow> windows) {
    lock.lock();
    try {
      checkOpen();
      for (PendingWindow window : windows) {
        planner.add(window, window.paddedLength(), window.request().due());
        forecast.backlog().add(window.request(), window.paddedLength());
      }
      observer.queueChanged(planner.size(), planner.tokens());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a batch that somebody waits for and removes it; empty once the queue is closed or the
   * thread is interrupted. {@link #done} or {@link #lost} follows.
   */
  List<PendingWindow> take(int tokenBudget) {
    while (true) {
      Taken taken = awaitBatch(tokenBudget);
      taken.lost().forEach(window -> drop(window, taken.time()));
      if (taken.lost().isEmpty() || !taken.wanted().isEmpty()) {
        return taken.wanted();
      }
    }
  }

  /**
   * A batch that was taken has come out of the model after {@code nanos}.
   *
   * @return whether others wait
   */
  boolean done(List<PendingWindow> batch, long nanos) {
    lock.lock();
    try {
      boolean othersWait = planner.size() > 0;
      forecast.batchDone(tokens(batch), nanos, othersWait, ticker.read());
      return othersWait;
    } finally {
      lock.unlock();
    }
  }

  /** A batch that was taken will not come out of the model, as far as anybody knows. */
  void lost(List<PendingWindow> batch) {
    lock.lock();
    try {
      forecast.batchLost(tokens(batch));
    } finally {
      lock.unlock();
    }
  }

  /** Refuses everything from now on and returns what still waited. */
  List<PendingWindow> close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      return clear();
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns all that waits. */
  List<PendingWindow> clear() {
    lock.lock();
    try {
      List<PendingWindow> rest = removeIf(window -> true);
      observer.queueChanged(0, 0);
      return rest;
    } finally {
      lock.unlock();
    }
  }

  private void tryReserve(PendingRequest request, long tokens) {
    lock.lock();
    try {
      checkOpen();
      forecast.check(request, tokens, ticker.read());
      forecast.backlog().add(request, tokens);
      if (forecast.backlog().tokens() > NEARLY_FULL * maxTokens) {
        observer.nearlyFull();
      }
    } finally {
      lock.unlock();
    }
  }

  private void removeAbandoned() {
    List<PendingWindow> abandoned;
    lock.lock();
    try {
      long now = ticker.read();
      if (now - nextSweep < 0) {
        return;
      }
      nextSweep = now + SWEEP_NANOS;
      abandoned = removeIf(window -> window.request().isAbandoned());
      observer.queueChanged(planner.size(), planner.tokens());
    } finally {
      lock.unlock();
    }
    abandoned.forEach(window -> drop(window, Duration.ZERO));
  }

  private Taken awaitBatch(int tokenBudget) {
    lock.lock();
    try {
      while (planner.size() == 0 && !closed) {
        changed.await();
      }
      long now = ticker.read();
      List<PendingWindow> batch = planner.next(tokenBudget, forecast.latestOutOfTurn(now));
      forget(batch);
      Taken taken = new Taken(new ArrayList<>(), new ArrayList<>(), forecast.batchTime());
      for (PendingWindow window : batch) {
        (isLost(window, now) ? taken.lost() : taken.wanted()).add(window);
      }
      forecast.batchTaken(tokens(taken.wanted()));
      observer.queueChanged(planner.size(), planner.tokens());
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Taken(List.of(), List.of(), Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean isLost(PendingWindow window, long now) {
    return !window.isWanted() || forecast.isTooLate(window.request().remaining(), now);
  }

  /** Outside the lock: whoever hears of it may call back. */
  private void drop(PendingWindow window, Duration batch) {
    PendingRequest request = window.request();
    if (!request.isAbandoned() && !window.isWanted()) {
      // Its text has failed by another window.
      return;
    }
    boolean late =
        request.isAbandoned()
            ? request.cancel() && request.isLate()
            : request.fail(new PredictedWaitException(batch, request.remaining()));
    if (late) {
      observer.deadlineMissed(EmbeddingObserver.Stop.QUEUE);
    }
  }

  @GuardedBy("lock")
  private List<PendingWindow> removeIf(Predicate<PendingWindow> condition) {
    List<PendingWindow> removed = planner.removeIf(condition);
    forget(removed);
    return removed;
  }

  @GuardedBy("lock")
  private void forget(List<PendingWindow> windows) {
    windows.forEach(window -> forecast.backlog().remove(window.request(), window.paddedLength()));
  }

  private static long tokens(List<PendingWindow> windows) {
    return windows.stream().mapToLong(PendingWindow::paddedLength).sum();
  }

  @GuardedBy("lock")
  private void checkOpen() {
    if (closed) {
      throw new EmbeddingUnavailableException("queue: closed");
    }
  }

  /** A batch: what is to be computed, what would be in vain, and what time batches take. */
  private record Taken(List<PendingWindow> wanted, List<PendingWindow> lost, Duration time) {}
}
