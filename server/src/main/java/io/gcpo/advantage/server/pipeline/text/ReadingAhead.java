// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.diversity.kernel.TextFeatures;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.DigestedText;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Extracts the features of submitted texts before anybody computes with them. Each text is a task
 * of its own, and the next waits behind whatever else waits for the executor: groups of other calls
 * are not held up for longer than one text takes. Thread-safe.
 */
public final class ReadingAhead {
  private final TextMemory memory;
  private final Executor executor;
  private final int lanes;

  /**
   * On {@code executor}.
   *
   * @param lanes tasks of one call at the same time, >= 1
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
    for (int lane = 0; lane < Math.min(lanes, texts.size()); lane++) {
      call.enqueue();
    }
    return call.end;
  }

  /** The texts of one call; each lane takes the next of them until there is none. */
  private final class Call implements Runnable {
    private final List<DigestedText> texts;
    private final Set<TextFeatures> wanted;
    private final CancellationSignal signal;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Call(List<DigestedText> texts, Set<TextFeatures> wanted, CancellationSignal signal) {
      this.texts = texts;
      this.wanted = wanted;
      this.signal = signal;
    }

    void enqueue() {
      try {
        executor.execute(this);
      } catch (RuntimeException refused) {
        end.completeExceptionally(refused);
      }
    }

    @Override
    public void run() {
      int text = next.getAndIncrement();
      if (text >= texts.size() || end.isDone()) {
        return;
      }
      if (signal.isCancelled()) {
        end.completeExceptionally(new CancellationException("reading ahead: cancelled"));
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
      } else {
        enqueue();
      }
    }
  }
}
