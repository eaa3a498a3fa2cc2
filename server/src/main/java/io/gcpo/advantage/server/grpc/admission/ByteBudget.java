// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.common.base.Ticker;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are given out in the order in which they are asked for, so that small requests do not
 * pass a large one for ever. Nobody waits on a thread: who must wait is called back. What a {@link
 * Share} holds is corrected once its true size is known, upwards too; the budget then owes, and
 * gives nothing until that is back. It owes no more than it has. Thread-safe.
 */
public final class ByteBudget {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final long capacity;
  private final int maxWaiting;
  private final Ticker ticker;

  @GuardedBy("this")
  private final Queue<Share> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private long held;

  /** Bytes to give, and how many may wait for them. */
  public ByteBudget(long capacity, int maxWaiting, Ticker ticker) {
    this.capacity = capacity;
    this.maxWaiting = maxWaiting;
    this.ticker = ticker;
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

  /** Whether of those that may wait more than four fifths do. */
  public synchronized boolean isNearlyFull() {
    return waiting.size() > 0.8 * maxWaiting;
  }

  /**
   * As long as the one that is next has waited: so long the line is. Who comes back then finds
   * others in it.
   */
  @GuardedBy("this")
  private Duration pause() {
    Share next = waiting.peek();
    Duration waited = next == null ? SHORTEST_PAUSE : Duration.ofNanos(ticker.read() - next.since);
    if (waited.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return waited.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : waited;
  }

  /** Lets those in that there is room for; to be called without locks of one's own. */
  void grantWaiting() {
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
    // The budget's monitor guards all three; the checker cannot see that of a share from a queue.
    private long bytes;
    private long since;
    private State state = State.NEW;

    private Share(long bytes, Runnable granted) {
      this.bytes = bytes;
      this.granted = granted;
    }

    /**
     * Takes the bytes or waits for them; does nothing if it was given back before.
     *
     * @return whether it waits
     * @throws BudgetExhaustedException if too many wait
     */
    @CanIgnoreReturnValue
    public boolean acquire() {
      synchronized (ByteBudget.this) {
        if (state != State.NEW) {
          return false;
        }
        if (!waiting.isEmpty() || held + bytes > capacity) {
          if (waiting.size() >= maxWaiting) {
            state = State.RETURNED;
            throw new BudgetExhaustedException(waiting.size(), held, pause());
          }
          state = State.WAITING;
          since = ticker.read();
          waiting.add(this);
          return true;
        }
        held += bytes;
        state = State.HELD;
      }
      granted.run();
      return false;
    }

    /** Corrects what it holds, now that the size is known; nothing once it was given back. */
    public void resize(long size) {
      correct(size);
      grantWaiting();
    }

    /** As {@link #resize}, without letting others in: {@link ByteBudget#grantWaiting} follows. */
    void correct(long size) {
      synchronized (ByteBudget.this) {
        if (state == State.HELD) {
          held += size - bytes;
          bytes = size;
        }
      }
    }

    /**
     * Holds at least {@code size}, of which more may come.
     *
     * @throws BudgetExhaustedException if the budget then owed more than it has
     */
    void grow(long size) {
      synchronized (ByteBudget.this) {
        if (state != State.HELD || size <= bytes) {
          return;
        }
        long grown = held + size - bytes;
        if (grown - capacity > capacity) {
          throw new BudgetExhaustedException(waiting.size(), held, pause());
        }
        held = grown;
        bytes = size;
      }
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
