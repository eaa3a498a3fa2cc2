// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are given out in the order in which they are asked for, so that small requests do not
 * pass a large one for ever. Nobody waits on a thread: who must wait is called back. What a {@link
 * Share} holds is corrected once its true size is known, upwards too; the budget then owes, and
 * gives nothing until that is back. Thread-safe.
 */
public final class ByteBudget {
  private final long capacity;
  private final int maxWaiting;

  @GuardedBy("this")
  private final Queue<Share> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private long held;

  /** Bytes to give, and how many may wait for them. */
  public ByteBudget(long capacity, int maxWaiting) {
    this.capacity = capacity;
    this.maxWaiting = maxWaiting;
  }

  /**
   * A share of {@code bytes}, cut to the capacity, that holds nothing until it is {@linkplain
   * Share#acquire acquired}.
   *
   * @param granted runs once the bytes are there, on the thread that acquires, or later on that of
   *     whoever gives bytes back
   */
  public Share share(long bytes, Runnable granted) {
    return new Share(Math.min(bytes, capacity), granted);
  }

  /** All there is. */
  public long capacity() {
    return capacity;
  }

  /** Bytes given out and not back yet; more than the capacity where shares grew. */
  public synchronized long held() {
    return held;
  }

  /** How many wait. */
  public synchronized int waitingShares() {
    return waiting.size();
  }

  private void grantWaiting() {
    for (Share next = nextGranted(); next != null; next = nextGranted()) {
      next.granted.run();
    }
  }

  private synchronized @Nullable Share nextGranted() {
    Share next = waiting.peek();
    if (next == null || held + next.bytes > capacity) {
      return null;
    }
    waiting.remove();
    held += next.bytes;
    next.state = State.HELD;
    return next;
  }

  private enum State {
    NEW,
    WAITING,
    HELD,
    RETURNED
  }

  /** What one message holds, or waits for. */
  public final class Share {
    private final Runnable granted;
    // The budget's monitor guards both; the checker cannot see that of a share from a queue.
    private long bytes;
    private State state = State.NEW;

    private Share(long bytes, Runnable granted) {
      this.bytes = bytes;
      this.granted = granted;
    }

    /**
     * Takes the bytes or waits for them; does nothing if it was given back before.
     *
     * @throws BudgetExhaustedException if too many wait
     */
    public void acquire() {
      synchronized (ByteBudget.this) {
        if (state != State.NEW) {
          return;
        }
        if (!waiting.isEmpty() || held + bytes > capacity) {
          if (waiting.size() >= maxWaiting) {
            state = State.RETURNED;
            throw new BudgetExhaustedException(waiting.size(), held);
          }
          state = State.WAITING;
          waiting.add(this);
          return;
        }
        held += bytes;
        state = State.HELD;
      }
      granted.run();
    }

    /** Corrects what it holds, now that the size is known; nothing once it was given back. */
    public void resize(long size) {
      synchronized (ByteBudget.this) {
        if (state != State.HELD) {
          return;
        }
        held += size - bytes;
        bytes = size;
      }
      grantWaiting();
    }

    /** Gives everything back, or stops waiting; only the first call does anything. */
    public void giveBack() {
      synchronized (ByteBudget.this) {
        if (state == State.HELD) {
          held -= bytes;
        } else if (state == State.WAITING) {
          waiting.remove(this);
        }
        state = State.RETURNED;
      }
      grantWaiting();
    }
  }
}
