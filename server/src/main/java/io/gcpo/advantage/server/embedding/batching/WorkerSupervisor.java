// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.Encoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A native call cannot be interrupted, so a worker that is stuck is given up, not ended: its thread and
 * its encoder stay until the call returns, if ever. A new worker with a new encoder takes its seat and
 * is ready once it has passed the self-test; one that does not pass is replaced again, after longer and
 * longer pauses.
 */
/**
 * Watches the workers of one model and replaces those that have failed or are stuck. Thread-safe.
 */
final class WorkerSupervisor implements Runnable {
  /** Workers lost in a row on every seat: the device is lost, not a worker. */
  private static final int HOPELESS_LOSSES = 3;

  /** Threads that hang, for each seat, and that the process can bear. */
  private static final int BEARABLE_HANGS = 2;

  /** Between two looks, if no worker has news. */
  private static final long LOOK_NANOS = Duration.ofMillis(25).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(WorkerSupervisor.class);

  private final Duration patience;
  private final EmbeddingObserver observer;
  private final ThreadFactory threads;
  private final Runnable readinessChanged;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final EncodingWorker.Tools tools;
  private final Supplier<Encoder> encoders;

  @GuardedBy("lock")
  private final List<WorkerSeat> seats = new ArrayList<>();

  @GuardedBy("lock")
  private final List<Thread> hanging = new ArrayList<>();

  @GuardedBy("lock")
  private boolean pending;

  @GuardedBy("lock")
  private boolean stopping;

  /**
   * For workers with {@code encoders}.
   *
   * @param patience with one call of the model
   * @param readinessChanged runs when {@link #isReady} has another answer
   */
  WorkerSupervisor(
      EncodingWorker.Tools tools,
      Supplier<Encoder> encoders,
      Duration patience,
      EmbeddingObserver observer,
      ThreadFactory threads,
      Runnable readinessChanged,
      Ticker ticker) {
    this.tools = tools;
    this.encoders = encoders;
    this.patience = patience;
    this.observer = observer;
    this.threads = threads;
    this.readinessChanged = readinessChanged;
    this.ticker = ticker;
  }

  /** Seats a worker with this encoder, which has been tested. */
  void seat(Encoder tested) {
    EncodingWorker worker = EncodingWorker.ready(tools, tested, this::hasNews);
    Thread thread = threads.newThread(worker);
    lock.lock();
    try {
      seats.add(new WorkerSeat(worker, thread));
    } finally {
      lock.unlock();
    }
    thread.start();
  }

  @Override
  public void run() {
    boolean told = true;
    while (awaitNews()) {
      try {
        giveUpLost();
        fillSeats();
        boolean ready = isReady();
        if (ready != told) {
          LOG.warn("encoding workers: {}", ready ? "ready again" : "none is ready");
          readinessChanged.run();
          // Not before: whom that failed to reach hears of it at the next look.
          told = ready;
        }
        if (!isAlive()) {
          loseWaiting();
        }
      } catch (RuntimeException | Error e) {
        LOG.error("supervision of encoding workers: one look failed", e);
      }
    }
  }

  /** Whether any worker takes work. */
  boolean isReady() {
    lock.lock();
    try {
      return seats.stream().anyMatch(WorkerSeat::isReady);
    } finally {
      lock.unlock();
    }
  }

  /** False once nothing but the end of the process helps. */
  boolean isAlive() {
    lock.lock();
    try {
      hanging.removeIf(thread -> !thread.isAlive());
      return hanging.size() < BEARABLE_HANGS * seats.size()
          && seats.stream().anyMatch(seat -> seat.losses() < HOPELESS_LOSSES);
    } finally {
      lock.unlock();
    }
  }

  /** Replaces nobody from now on. */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The threads of the workers that were not given up. */
  List<Thread> workers() {
    lock.lock();
    try {
      return seats.stream().filter(WorkerSeat::isTaken).map(WorkerSeat::thread).toList();
    } finally {
      lock.unlock();
    }
  }

  /** The threads of those that were given up and may hang still. */
  List<Thread> hanging() {
    lock.lock();
    try {
      return List.copyOf(hanging);
    } finally {
      lock.unlock();
    }
  }

  private void hasNews() {
    lock.lock();
    try {
      pending = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there may be something to do; false once it is to stop. */
  private boolean awaitNews() {
    lock.lock();
    try {
      long nanos = LOOK_NANOS;
      while (!stopping && !pending && nanos > 0) {
        nanos = news.awaitNanos(nanos);
      }
      pending = false;
      return !stopping;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void giveUpLost() {
    List<EncodingWorker> lost = new ArrayList<>();
    lock.lock();
    try {
      for (WorkerSeat seat : seats) {
        seat.settle();
        seat.vacate(patience, ticker.read())
            .ifPresent(
                worker -> {
                  lost.add(worker);
                  hanging.add(seat.thread());
                });
      }
    } finally {
      lock.unlock();
    }
    // Outside of the lock: whoever waits for what they had is told on this thread.
    for (EncodingWorker worker : lost) {
      if (!worker.hasFailed()) {
        LOG.error(
            "encoding worker: in one call for too long (expected: <= {}), given up", patience);
      }
      worker.giveUp();
    }
  }

  /** Nobody will come for it, and elsewhere it may be done before its deadline. */
  private void loseWaiting() {
    tools.queue().clear().forEach(window -> window.text().fail(EmbeddingFailure.WORKER_RESTARTING));
  }

  private void fillSeats() {
    lock.lock();
    try {
      for (WorkerSeat seat : seats) {
        if (!stopping && seat.isDue(ticker.read())) {
          fill(seat);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void fill(WorkerSeat seat) {
    EncodingWorker worker = EncodingWorker.untested(tools, encoders, this::hasNews);
    Thread thread = threads.newThread(worker);
    try {
      thread.start();
    } catch (OutOfMemoryError noThread) {
      LOG.error("encoding worker: no thread for it", noThread);
      seat.stayEmpty(ticker.read());
      return;
    }
    seat.fill(worker, thread);
    observer.workerRestarted();
  }
}
