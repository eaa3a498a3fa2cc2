// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run the model, one encoder each, and the owner of the model's memory: closes
 * model and tokenizer after the last thread has ended. Started and stopped by one thread.
 */
final class EncodingWorkers {
  private static final Logger LOGGER = LoggerFactory.getLogger(EncodingWorkers.class);
  private static final long STOP_MILLIS = 30_000;

  /** For a worker that was waited for long enough. */
  private static final long HANGING_STOP_MILLIS = 1_000;

  private final EncoderFactory encoders;
  private final Tokenizer tokenizer;
  private final SelfTest selfTest;
  private final TokenBudget budget;
  private final EmbeddingObserver observer;
  private final IntFunction<WorkerSupervisor> supervisors;
  private final ThreadFactory threadFactory;
  private final int count;
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable WorkerSupervisor supervisor;

  /** {@code supervisors} makes the one for batches of so many tokens. */
  EncodingWorkers(
      EncoderFactory encoders,
      Tokenizer tokenizer,
      SelfTest selfTest,
      TokenBudget budget,
      EmbeddingObserver observer,
      IntFunction<WorkerSupervisor> supervisors,
      ThreadFactory threadFactory,
      int count) {
    this.encoders = encoders;
    this.tokenizer = tokenizer;
    this.selfTest = selfTest;
    this.budget = budget;
    this.observer = observer;
    this.supervisors = supervisors;
    this.threadFactory = threadFactory;
    this.count = count;
  }

  /**
   * Tests one encoder of each device, finds the token budget with the first, then starts all;
   * closes everything if a test fails.
   */
  void start() {
    List<Encoder> open = new ArrayList<>();
    int tokens;
    try {
      for (int i = 0; i < count; i++) {
        open.add(encoders.open());
      }
      open.subList(0, encoders.devices().size()).forEach(selfTest::run);
      tokens = budget.choose(open.get(0));
    } catch (RuntimeException | Error e) {
      open.forEach(Encoder::close);
      close();
      throw e;
    }
    LOGGER.info("token budget: {}", tokens);
    observer.budgetChosen(tokens);
    WorkerSupervisor started = supervisors.apply(tokens);
    open.forEach(started::seat);
    Thread thread = threadFactory.newThread(started);
    threads.add(thread);
    thread.start();
    supervisor = started;
  }

  /** Whether any of them takes work. */
  boolean isReady() {
    WorkerSupervisor started = supervisor;
    return started != null && started.isReady();
  }

  /** False once nothing but the end of the process helps. */
  boolean isAlive() {
    WorkerSupervisor started = supervisor;
    return started == null || started.isAlive();
  }

  /** Waits for the threads, which end once the queue is closed. */
  void stop() throws InterruptedException {
    WorkerSupervisor started = supervisor;
    if (started != null) {
      started.stop();
      join(threads, STOP_MILLIS);
      join(started.workers(), STOP_MILLIS);
      join(started.hanging(), HANGING_STOP_MILLIS);
    }
    close();
  }

  private static void join(List<Thread> threads, long millis) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(millis);
      if (thread.isAlive()) {
        // The model must not be unloaded under a batch: leaking it is the lesser evil.
        throw new IllegalStateException(
            "worker: still busy after %d s (expected: ended)".formatted(millis / 1_000));
      }
    }
  }

  private void close() {
    encoders.close();
    tokenizer.close();
  }
}
