// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
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
  private final AtomicReferenceArray<TextOutcome> outcomes;
  private final AtomicInteger missing;
  private final CompletableFuture<List<TextOutcome>> future = new CompletableFuture<>();

  /** Wanted by {@code due}, in the ticker's nanoseconds. */
  PendingRequest(List<TextTask> tasks, CancellationSignal signal, long due) {
    this.tasks = ImmutableList.copyOf(tasks);
    this.signal = signal;
    this.due = due;
    this.outcomes = new AtomicReferenceArray<>(this.tasks.size());
    this.missing = new AtomicInteger(this.tasks.size());
  }

  ImmutableList<TextTask> tasks() {
    return tasks;
  }

  CompletableFuture<List<TextOutcome>> future() {
    return future;
  }

  /** By when it is wanted, in the ticker's nanoseconds. */
  long due() {
    return due;
  }

  /** Where its call's time is noted; before the future is complete, or it comes too late. */
  CallTimeline timeline() {
    return signal.timeline();
  }

  /** True if nobody waits for it, or it has failed: what is left of it is not to be computed. */
  boolean isAbandoned() {
    return future.isDone() || signal.isCancelled();
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

  /** Fails the future, unless it is complete. */
  void fail(Throwable cause) {
    future.completeExceptionally(cause);
  }

  /** Fails the future as cancelled, unless it is complete. */
  void cancel() {
    future.completeExceptionally(new CancellationException("embedding: cancelled"));
  }
}
