// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run the model, one encoder each, and the owner of the model's memory: closes
 * encoders, model and tokenizer after the last thread has ended. Started and stopped by one thread.
 */
final class EncodingWorkers {
  /** What the thread of one encoder runs, with batches of this many tokens. */
  interface WorkerFactory {
    EncodingWorker create(Encoder encoder, int tokenBudget);
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(EncodingWorkers.class);
  private static final long STOP_MILLIS = 30_000;

  private final EncoderFactory encoders;
  private final Tokenizer tokenizer;
  private final SelfTest selfTest;
  private final TokenBudget budget;
  private final EmbeddingObserver observer;
  private final WorkerFactory worker;
  private final ThreadFactory threadFactory;
  private final int count;
  private final List<Encoder> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  EncodingWorkers(
      EncoderFactory encoders,
      Tokenizer tokenizer,
      SelfTest selfTest,
      TokenBudget budget,
      EmbeddingObserver observer,
      WorkerFactory worker,
      ThreadFactory threadFactory,
      int count) {
    this.encoders = encoders;
    this.tokenizer = tokenizer;
    this.selfTest = selfTest;
    this.budget = budget;
    this.observer = observer;
    this.worker = worker;
    this.threadFactory = threadFactory;
    this.count = count;
  }

  /**
   * Tests one encoder of each device, finds the token budget with the first, then starts all;
   * closes everything if a test fails.
   */
  void start() {
    int tokens;
    try {
      for (int i = 0; i < count; i++) {
        open.add(encoders.open());
      }
      open.subList(0, encoders.devices().size()).forEach(selfTest::run);
      tokens = budget.choose(open.get(0));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    LOGGER.info("token budget: {}", tokens);
    observer.budgetChosen(tokens);
    for (Encoder encoder : open) {
      Thread thread = threadFactory.newThread(worker.create(encoder, tokens));
      threads.add(thread);
      thread.start();
    }
  }

  /** Waits for the threads, which end once the queue is closed. */
  void stop() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(STOP_MILLIS);
      if (thread.isAlive()) {
        // The model must not be unloaded under a batch: leaking it is the lesser evil.
        throw new IllegalStateException("worker: still busy after 30 s (expected: ended)");
      }
    }
    close();
  }

  private void close() {
    open.forEach(Encoder::close);
    encoders.close();
    tokenizer.close();
  }
}
