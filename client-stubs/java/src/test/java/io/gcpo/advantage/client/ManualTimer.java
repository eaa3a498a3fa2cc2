// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Time that passes only when it is told to. Confined to one thread. */
final class ManualTimer extends Deadline.Ticker implements Timer {
  /** What was asked for so far, in nanoseconds. */
  final List<Long> waits = new ArrayList<>();

  private final List<Task> tasks = new ArrayList<>();
  private long now;

  @Override
  public Runnable schedule(long nanos, Runnable task) {
    Task added = new Task(now + nanos, task);
    waits.add(nanos);
    tasks.add(added);
    return () -> tasks.remove(added);
  }

  /** Lets time pass until the first task is due, and runs it. */
  void runNext() {
    Task first = tasks.stream().min((a, b) -> Long.compare(a.due(), b.due())).orElseThrow();
    tasks.remove(first);
    now = first.due();
    first.run().run();
  }

  void pass(long nanos) {
    now += nanos;
  }

  int scheduled() {
    return tasks.size();
  }

  Deadline deadline(long nanos) {
    return Deadline.after(nanos, TimeUnit.NANOSECONDS, this);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  private record Task(long due, Runnable run) {}
}
