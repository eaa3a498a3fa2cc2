// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.DigestedText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Extracts the features of submitted texts before anybody computes with them. Each text is a task
 * of its own, and the next waits behind whatever else waits for the executor: however many calls
 * submit, groups of other calls are not held up for longer than one text takes on each thread.
 * Calls that submit take turns, text by text. Thread-safe.
 */
public final class ReadingAhead {
  private final TextMemory memory;
  private final Executor executor;
  private final int lanes;

  /** Calls with texts that nobody has taken yet. Guarded by this. */
  private final Queue<Call> waiting = new ArrayDeque<>();

  /** Tasks that are with the executor, at most {@code lanes}. Guarded by this. */
  private int running;

  /**
   * On {@code executor}.
   *
   * @param lanes tasks of all calls at the same time, >= 1
   */
  public ReadingAhead(TextMemory memory, Executor executor, int lanes) {
    this.memory = memory;
    this.executor = executor;
    this.lanes = lanes;
  }

  /**
   * Complete when these features of the texts are kept. Fails with {@link CancellationException}
   * once {@code signal} says so, and with {@link java.util.concurrent.RejectedExecutionException}
   * if the executor takes no more.
   */
  public CompletableFuture<Void> read(
      List<DigestedText> texts, Set<TextFeatures> wanted, CancellationSignal signal) {
    if (texts.isEmpty() || wanted.isEmpty() || memory.maxBytes() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    Call call = new Call(ImmutableList.copyOf(texts), ImmutableSet.copyOf(wanted), signal);
    int begun;
    synchronized (this) {
      waiting.add(call);
      begun = Math.min(lanes - running, texts.size());
      running += begun;
    }
    for (int lane = 0; lane < begun; lane++) {
      enqueue();
    }
    return call.end;
  }

  private void enqueue() {
    try {
      executor.execute(this::readNext);
    } catch (RuntimeException refused) {
      leave(refused);
    }
  }

  private void readNext() {
    Call call;
    int text;
    synchronized (this) {
      call = waiting.poll();
      if (call == null) {
        running--;
        return;
      }
      text = call.take();
      if (call.hasMore()) {
        waiting.add(call);
      }
    }
    call.read(text);
    enqueue();
  }

  /** One lane less; what is left is for the others, and without any of them in vain. */
  private void leave(RuntimeException refused) {
    List<Call> left = new ArrayList<>();
    synchronized (this) {
      running--;
      if (running == 0) {
        left.addAll(waiting);
        waiting.clear();
      }
    }
    left.forEach(call -> call.end.completeExceptionally(refused));
  }

  /** The texts of one call. */
  private final class Call {
    private final List<DigestedText> texts;
    private final Set<TextFeatures> wanted;
    private final CancellationSignal signal;
    private final AtomicInteger read = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** Guarded by the outer object. */
    private int next;

    Call(List<DigestedText> texts, Set<TextFeatures> wanted, CancellationSignal signal) {
      this.texts = texts;
      this.wanted = wanted;
      this.signal = signal;
    }

    int take() {
      return next++;
    }

    boolean hasMore() {
      return next < texts.size() && !end.isDone();
    }

    void read(int text) {
      if (signal.isCancelled()) {
        end.completeExceptionally(new CancellationException("reading ahead: cancelled"));
      }
      if (end.isDone()) {
        return;
      }
      try {
        wanted.forEach(features -> memory.read(texts.get(text), features));
      } catch (RuntimeException | Error defect) {
        end.completeExceptionally(defect);
        return;
      }
      if (read.incrementAndGet() == texts.size()) {
        end.complete(null);
      }
    }
  }
}
