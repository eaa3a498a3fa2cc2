// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.linalg.InterruptedComputationException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the maths of callers that have gone: a group of a thousand rollouts may take seconds.
 * Interrupts the thread, which the maths looks at. Thread-safe.
 */
public final class ComputeWatch {
  /*
   * Signals are asked and do not call back, so somebody has to ask while the thread computes. One
   * timer does for all threads, and only while there is maths to watch: most groups take less than a
   * millisecond, and a server that has nothing to do is left asleep.
   */
  private static final Duration INTERVAL = Duration.ofMillis(10);

  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final ScheduledExecutorService timer;

  /** Looks on {@code timer}, whose end ends the looking. */
  public ComputeWatch(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Runs {@code maths} on this thread, which is not interrupted afterwards.
   *
   * @throws CancellationException if {@code signal} says so before or meanwhile
   */
  void run(CancellationSignal signal, Runnable maths) {
    if (signal.isCancelled()) {
      throw new CancellationException();
    }
    Running computation = new Running(signal, Thread.currentThread());
    running.add(computation);
    try {
      look();
      maths.run();
    } catch (InterruptedComputationException ended) {
      throw new CancellationException();
    } finally {
      running.remove(computation);
      computation.end();
    }
  }

  /** How many computations are watched. */
  public int size() {
    return running.size();
  }

  private void look() {
    if (timer.isShutdown() || !looking.compareAndSet(false, true)) {
      return;
    }
    try {
      Future<?> unused =
          timer.schedule(this::interruptAbandoned, INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException | Error failure) {
      // Or nobody would ever look again.
      looking.set(false);
      throw failure;
    }
  }

  private void interruptAbandoned() {
    looking.set(false);
    running.forEach(Running::interruptIfAbandoned);
    if (!running.isEmpty()) {
      look();
    }
  }

  /** One computation. The lock keeps an interrupt from hitting the thread's next work. */
  private static final class Running {
    private final CancellationSignal signal;
    private final Thread thread;

    @GuardedBy("this")
    private boolean ended;

    Running(CancellationSignal signal, Thread thread) {
      this.signal = signal;
      this.thread = thread;
    }

    synchronized void interruptIfAbandoned() {
      if (!ended && signal.isCancelled()) {
        thread.interrupt();
      }
    }

    /** On the thread itself; clears the mark. */
    synchronized void end() {
      ended = true;
      Thread.interrupted();
    }
  }
}
