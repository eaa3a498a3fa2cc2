// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final long maxTokens;
  private final EmbeddingObserver observer;

  @GuardedBy("lock")
  private final BatchPlanner<PendingWindow> planner;

  @GuardedBy("lock")
  private long reserved;

  @GuardedBy("lock")
  private boolean closed;

  WindowQueue(long maxTokens, boolean mixesLengths, EmbeddingObserver observer) {
    this.planner = new BatchPlanner<>(mixesLengths);
    this.maxTokens = maxTokens;
    this.observer = observer;
  }

  /** The bound. */
  long maxTokens() {
    return maxTokens;
  }

  /**
   * Admits texts of about {@code tokens} tokens; throws {@link QueueFullException} if too many wait
   * already and {@link EmbeddingUnavailableException} if the queue is closed.
   */
  void reserve(long tokens) {
    if (!tryReserve(tokens)) {
      // Those that nobody waits for must not keep others out.
      removeAbandoned();
      if (!tryReserve(tokens)) {
        throw new QueueFullException(tokens, waiting(), maxTokens);
      }
    }
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

  /** Gives back what {@link #reserve} took. */
  void release(long tokens) {
    lock.lock();
    try {
      reserved -= tokens;
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
      }
      observer.queueChanged(planner.size(), planner.tokens());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a batch that somebody waits for and removes it; empty once the queue is closed or the
   * thread is interrupted.
   */
  List<PendingWindow> take(int tokenBudget) {
    while (true) {
      List<PendingWindow> batch = awaitBatch(tokenBudget);
      List<PendingWindow> wanted = batch.stream().filter(PendingWindow::isWanted).toList();
      if (wanted.size() < batch.size()) {
        batch.stream()
            .map(PendingWindow::request)
            .filter(PendingRequest::isAbandoned)
            .forEach(PendingRequest::cancel);
      }
      if (batch.isEmpty() || !wanted.isEmpty()) {
        return wanted;
      }
    }
  }

  /** Refuses everything from now on and returns what still waited. */
  List<PendingWindow> close() {
    lock.lock();
    try {
      closed = true;
      List<PendingWindow> rest = planner.removeIf(window -> true);
      observer.queueChanged(0, 0);
      changed.signalAll();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  private boolean tryReserve(long tokens) {
    lock.lock();
    try {
      checkOpen();
      long waiting = waiting();
      if (waiting > 0 && waiting + tokens > maxTokens) {
        return false;
      }
      reserved += tokens;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long waiting() {
    lock.lock();
    try {
      return reserved + planner.tokens();
    } finally {
      lock.unlock();
    }
  }

  private void removeAbandoned() {
    List<PendingWindow> abandoned;
    lock.lock();
    try {
      abandoned = planner.removeIf(window -> window.request().isAbandoned());
      observer.queueChanged(planner.size(), planner.tokens());
    } finally {
      lock.unlock();
    }
    abandoned.forEach(window -> window.request().cancel());
  }

  private List<PendingWindow> awaitBatch(int tokenBudget) {
    lock.lock();
    try {
      while (planner.size() == 0 && !closed) {
        changed.await();
      }
      List<PendingWindow> batch = planner.next(tokenBudget);
      observer.queueChanged(planner.size(), planner.tokens());
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void checkOpen() {
    if (closed) {
      throw new EmbeddingUnavailableException("queue: closed");
    }
  }
}
