// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.Encoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread with an encoder of its own: takes batches from the queue and runs them until the queue
 * is closed. A batch that fails fails its texts only; after one that was lost the encoder is
 * tested, and a worker whose encoder fails its test ends. What it runs may be given up by another
 * thread.
 */
final class EncodingWorker implements Runnable {
  /** What a worker needs of its embedder. */
  record Tools(
      WindowQueue queue,
      SelfTest selfTest,
      int tokenBudget,
      Function<Encoder, ModelCalls> calls,
      Function<ModelCalls, BatchRunner> runners,
      Ticker ticker) {}

  private static final Logger LOG = LoggerFactory.getLogger(EncodingWorker.class);

  private final Tools tools;
  private final Supplier<Encoder> encoders;
  private final Runnable changed;
  private volatile boolean ready;
  private volatile boolean givenUp;
  private volatile boolean failed;
  private volatile @Nullable ModelCalls model;

  /** Since when it has been opening its encoder; null if it is not. */
  private volatile @Nullable Long opening;

  private final AtomicReference<List<PendingWindow>> windows = new AtomicReference<>(List.of());

  private EncodingWorker(Tools tools, Supplier<Encoder> encoders, boolean ready, Runnable changed) {
    this.tools = tools;
    this.encoders = encoders;
    this.ready = ready;
    this.changed = changed;
  }

  /** With an encoder that has been tested. {@code changed} runs when its state is another. */
  static EncodingWorker ready(Tools tools, Encoder encoder, Runnable changed) {
    return new EncodingWorker(tools, () -> encoder, true, changed);
  }

  /** Opens an encoder and tests it before it takes work. */
  static EncodingWorker untested(Tools tools, Supplier<Encoder> encoders, Runnable changed) {
    return new EncodingWorker(tools, encoders, false, changed);
  }

  @Override
  public void run() {
    opening = tools.ticker().read();
    try (Encoder encoder = encoders.get()) {
      ModelCalls calls = tools.calls().apply(encoder);
      model = calls;
      opening = null;
      try {
        work(calls);
      } finally {
        // Before the encoder closes, which may take long: somebody waits for them.
        loseWindows();
      }
    } catch (Throwable e) {
      LOG.error("encoding worker: failed", e);
      failed = true;
    }
    opening = null;
    ready = false;
    changed.run();
  }

  /** True from the end of its test until it ends or is given up. */
  boolean isReady() {
    return ready && !givenUp && !failed;
  }

  /** True once it has ended other than by the queue's end. */
  boolean hasFailed() {
    return failed;
  }

  /** How long the call that its encoder is in has been going on; zero if it is in none. */
  Duration busy() {
    ModelCalls calls = model;
    return calls == null ? Duration.ZERO : calls.busy();
  }

  /** How long it has been opening its encoder; zero if it is not. */
  Duration opening() {
    Long since = opening;
    return since == null ? Duration.ZERO : Duration.ofNanos(tools.ticker().read() - since);
  }

  /** Fails what it has in the model, and lets it end with the call that it is in. */
  void giveUp() {
    givenUp = true;
    loseWindows();
    ModelCalls calls = model;
    if (calls != null) {
      calls.giveUp();
    }
  }

  private void work(ModelCalls calls) {
    BatchRunner runner = tools.runners().apply(calls);
    if (!ready) {
      test(calls);
    }
    boolean othersWaited = false;
    long end = 0;
    while (!givenUp) {
      List<PendingWindow> taken = tools.queue().take(tools.tokenBudget());
      windows.set(taken);
      if (taken.isEmpty()) {
        return;
      }
      // From batch to batch, where one follows the other: what lies between is part of the pace.
      long begin = othersWaited ? end : tools.ticker().read();
      boolean sound = runner.run(taken);
      end = tools.ticker().read();
      othersWaited =
          windows.compareAndSet(taken, List.of()) && tools.queue().done(taken, end - begin);
      if (!sound && !givenUp) {
        othersWaited = false;
        test(calls);
      }
    }
  }

  private void test(ModelCalls calls) {
    calls.test(tools.selfTest()::run);
    if (!ready) {
      ready = true;
      changed.run();
    }
  }

  private void loseWindows() {
    List<PendingWindow> lost = windows.getAndSet(List.of());
    if (!lost.isEmpty()) {
      tools.queue().lost(lost);
      lost.forEach(window -> window.text().fail(EmbeddingFailure.WORKER_RESTARTING));
    }
  }
}
