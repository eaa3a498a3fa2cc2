// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Waits between attempts, which end early when the client is closed: an attempt then fails at once,
 * and its call with it, where it would have waited for nothing. Thread-safe.
 */
final class RetryTimer implements Timer {
  private final Timer timer;
  private final BooleanSupplier closed;
  private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Over another timer.
   *
   * @param closed whether attempts are in vain
   */
  RetryTimer(Timer timer, BooleanSupplier closed) {
    this.timer = timer;
    this.closed = closed;
  }

  @Override
  public Runnable schedule(long nanos, Runnable task) {
    Wait wait = new Wait(task);
    waiting.add(wait);
    // Asked after the wait is there for endWaits to see: one of the two ends it.
    Runnable callOff = timer.schedule(closed.getAsBoolean() ? 0 : nanos, wait);
    return () -> {
      waiting.remove(wait);
      callOff.run();
    };
  }

  /** Makes all attempts now that wait. */
  void endWaits() {
    List.copyOf(waiting).forEach(Wait::run);
  }

  /** One task; whoever takes it from the set runs it. */
  private final class Wait implements Runnable {
    private final Runnable task;

    Wait(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (waiting.remove(this)) {
        task.run();
      }
    }
  }
}
