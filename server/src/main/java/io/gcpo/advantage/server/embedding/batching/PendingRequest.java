// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** One call's texts and what is known of their outcomes. Thread-safe. */
final class PendingRequest {
  private final ImmutableList<TextTask> tasks;
  private final CancellationSignal signal;
  private final long due;
  private final long deadline;
  private final AtomicReferenceArray<TextOutcome> outcomes;
  private final AtomicInteger missing;
  private final CompletableFuture<List<TextOutcome>> future = new CompletableFuture<>();

  /**
   * To be served by {@code due}, of no use to anybody after {@code deadline}; both in the ticker's
   * nanoseconds.
   */
  PendingRequest(List<TextTask> tasks, CancellationSignal signal, long due, long deadline) {
    this.tasks = ImmutableList.copyOf(tasks);
    this.signal = signal;
    this.due = due;
    this.deadline = deadline;
    this.outcomes = new AtomicReferenceArray<>(this.tasks.size());
    this.missing = new AtomicInteger(this.tasks.size());
  }

  ImmutableList<TextTask> tasks() {
    return tasks;
  }

  CompletableFuture<List<TextOutcome>> future() {
    return future;
  }

  /** By when it is to be served, in the ticker's nanoseconds. */
  long due() {
    return due;
  }

  /** When its caller no longer waits, in the ticker's nanoseconds. */
  long deadline() {
    return deadline;
  }

  /** Until then; not above 0 once it has passed. */
  Duration remaining() {
    return signal.remaining();
  }

  /** Where its call's time is noted; before the future is complete, or it comes too late. */
  CallTimeline timeline() {
    return signal.timeline();
  }

  /** True if nobody waits for it, or it has failed: what is left of it is not to be computed. */
  boolean isAbandoned() {
    return future.isDone() || signal.isCancelled() || isLate();
  }

  /** True once the deadline has passed; the call itself may hear of that a little later. */
  boolean isLate() {
    return signal.remaining().compareTo(Duration.ZERO) <= 0;
  }

  /** Notes the outcome of one text, once; the last one completes the future. */
  void complete(int text, TextOutcome outcome) {
    outcomes.set(text, outcome);
    if (missing.decrementAndGet() == 0) {
      ImmutableList.Builder<TextOutcome> all = ImmutableList.builderWithExpectedSize(tasks.size());
      for (int i = 0; i < tasks.size(); i++) {
        all.add(outcomes.get(i));
      }
      future.complete(all.build());
    }
  }

  /** Fails the future; false if it was complete. */
  @CanIgnoreReturnValue
  boolean fail(Throwable cause) {
    return future.completeExceptionally(cause);
  }

  /** Fails the future as cancelled; false if it was complete. */
  @CanIgnoreReturnValue
  boolean cancel() {
    return future.completeExceptionally(new CancellationException("embedding: cancelled"));
  }
}
