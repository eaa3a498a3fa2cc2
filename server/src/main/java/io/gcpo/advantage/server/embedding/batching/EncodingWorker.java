// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Takes batches from the queue and runs them through its own encoder until the queue is closed. A
 * batch that fails fails its requests only. Its encoder is confined to the thread that runs it,
 * which also completes the requests' futures.
 *
 * <p>Where the settings ask for fixed rows, a batch is filled with windows of no content until it
 * has as many rows as its budget has room for: all batches of a padded length then have one shape,
 * and cost the same, however few windows wait.
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
      process(windows);
    }
  }

  // Errors too: whoever waits for the batch must hear of it, and the next batch deserves its try.
  private void process(List<PendingWindow> windows) {
    try {
      long begin = ticker.read();
      windows.forEach(window -> observer.dequeued(Duration.ofNanos(begin - window.since())));
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
    WindowBatch batch = batch(windows);
    TokenStates states = encoder.encode(batch);
    long encoded = ticker.read();
    long realTokens = 0;
    for (int row = 0; row < windows.size(); row++) {
      pool(windows.get(row), states, row, batch.length(row));
      realTokens += batch.length(row);
    }
    observer.encoded(
        windows.size(),
        realTokens,
        (long) batch.size() * batch.paddedLength() - realTokens,
        Duration.ofNanos(encoded - begin),
        Duration.ofNanos(ticker.read() - encoded));
  }

  private WindowBatch batch(List<PendingWindow> windows) {
    int paddedLength = windows.get(0).paddedLength();
    List<TokenIds> contents =
        new ArrayList<>(windows.stream().map(PendingWindow::content).toList());
    int rows = settings.fixedRows() ? Math.max(1, tokenBudget / paddedLength) : windows.size();
    contents.addAll(Collections.nCopies(rows - windows.size(), TokenIds.EMPTY));
    return new WindowBatch(settings.specialTokens(), contents, paddedLength);
  }

  private void pool(PendingWindow window, TokenStates states, int row, int tokens) {
    try {
      double[] sum = settings.head().pool(states, row, tokens);
      window.text().add(window.index(), sum, tokens);
    } catch (NonFiniteEmbeddingException e) {
      observer.batchFailed(e);
      window.request().fail(e);
    }
  }
}
