// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.time.Duration;
import java.util.List;

/**
 * Takes batches from the queue and runs them through its own encoder until the queue is closed. A
 * batch that fails fails its requests only. Its encoder is confined to the thread that runs it,
 * which also completes the requests' futures.
 */
final class EncodingWorker implements Runnable {
  private final WindowQueue queue;
  private final Encoder encoder;
  private final BatchSettings settings;
  private final int tokenBudget;
  private final EmbeddingObserver observer;
  private final Ticker ticker;

  EncodingWorker(
      WindowQueue queue,
      Encoder encoder,
      BatchSettings settings,
      int tokenBudget,
      EmbeddingObserver observer,
      Ticker ticker) {
    this.queue = queue;
    this.encoder = encoder;
    this.settings = settings;
    this.tokenBudget = tokenBudget;
    this.observer = observer;
    this.ticker = ticker;
  }

  @Override
  public void run() {
    while (true) {
      List<PendingWindow> windows = queue.take(tokenBudget);
      if (windows.isEmpty()) {
        return;
      }
      long begin = ticker.read();
      try {
        process(windows);
      } finally {
        queue.done(windows, ticker.read() - begin);
      }
    }
  }

  // Errors too: whoever waits for the batch must hear of it, and the next batch deserves its try.
  private void process(List<PendingWindow> windows) {
    try {
      long begin = ticker.read();
      windows.forEach(window -> dequeued(window, begin));
      encode(windows, begin);
    } catch (Throwable e) {
      observer.batchFailed(e);
      EmbeddingUnavailableException failure =
          e instanceof EmbeddingUnavailableException known
              ? known
              : new EmbeddingUnavailableException("batch: failed", e);
      windows.forEach(window -> window.request().fail(failure));
    }
  }

  private void encode(List<PendingWindow> windows, long begin) {
    WindowBatch batch =
        new WindowBatch(
            settings.specialTokens(),
            windows.stream().map(PendingWindow::content).toList(),
            windows.get(0).paddedLength());
    long built = ticker.read();
    observer.batched(Duration.ofNanos(built - begin));
    TokenStates states = infer(batch);
    long encoded = ticker.read();
    windows.stream()
        .map(PendingWindow::request)
        .distinct()
        .forEach(request -> request.timeline().ended("infer", built, encoded));
    for (int row = 0; row < batch.size(); row++) {
      pool(windows.get(row), states, row, batch.length(row));
    }
    Duration inference = Duration.ofNanos(encoded - built);
    Duration pooling = Duration.ofNanos(ticker.read() - encoded);
    // A batch belongs to several calls; what is measured of it can be led back to one of them.
    CallTimeline first = windows.get(0).request().timeline();
    first.measure(
        () ->
            observer.encoded(
                batch.size(), batch.realTokens(), batch.paddingTokens(), inference, pooling));
  }

  private void dequeued(PendingWindow window, long now) {
    CallTimeline timeline = window.request().timeline();
    timeline.ended("queue", window.since(), now);
    timeline.measure(() -> observer.dequeued(Duration.ofNanos(now - window.since())));
  }

  private TokenStates infer(WindowBatch batch) {
    long tokens = batch.realTokens() + batch.paddingTokens();
    observer.batchStarted(tokens);
    try {
      return encoder.encode(batch);
    } finally {
      observer.batchEnded(tokens);
    }
  }

  private void pool(PendingWindow window, TokenStates states, int row, int tokens) {
    try {
      long begin = ticker.read();
      double[] sum = settings.head().pool(states, row, tokens);
      window.request().timeline().ended("pool", begin, ticker.read());
      window.text().add(window.index(), sum, tokens);
    } catch (NonFiniteEmbeddingException e) {
      observer.batchFailed(e);
      window.request().fail(e);
    }
  }
}
