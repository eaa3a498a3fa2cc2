// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.PriorityQueue;

/**
 * A clock that stands still but for whoever waits, and what is to happen on the way. One thread's.
 */
final class VirtualTime implements Time {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now = 1_000_000_000_000L;
  private long order;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void awaitUntil(long nanos) throws InterruptedException {
    advance(Math.max(now, nanos));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  void at(long nanos, Runnable action) {
    events.add(new Event(nanos, order++, action));
  }

  /** As if whoever runs had worked so long. */
  void work(long nanos) {
    advance(now + nanos);
  }

  /** Runs what is due on the way, in order. */
  private void advance(long nanos) {
    for (Event next = events.peek(); next != null && next.at <= nanos; next = events.peek()) {
      events.remove();
      now = Math.max(now, next.at);
      next.action.run();
    }
    now = Math.max(now, nanos);
  }

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }
}
