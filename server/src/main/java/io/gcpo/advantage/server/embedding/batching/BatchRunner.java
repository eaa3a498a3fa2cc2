// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A batch that fails is halved until what fails is a single window, so that a window fails for its own
 * sake only. Halves have the padded length of the batch where that has only one, so that those saved
 * have the bits that they would have had. What is tried again is counted: four poisoned windows at worst
 * are found within the bound, and a device that fails whatever it is given costs no more than that.
 */
/** Brings batches through the model, split where they fail. Confined to one thread. */
final class BatchRunner {
  /** Windows that are tried again, for each window of the batch. */
  private static final int TRIES = 4;

  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private final ModelCalls model;
  private final BatchSettings settings;
  private final EmbeddingObserver observer;
  private final Ticker ticker;

  BatchRunner(ModelCalls model, BatchSettings settings, EmbeddingObserver observer, Ticker ticker) {
    this.model = model;
    this.settings = settings;
    this.observer = observer;
    this.ticker = ticker;
  }

  /** Ends the wait of every window, well or not; false if the engine failed on one alone. */
  boolean run(List<PendingWindow> windows) {
    long begin = ticker.read();
    windows.forEach(window -> dequeued(window, begin));
    Batch batch = new Batch(TRIES * windows.size());
    batch.run(windows);
    return batch.sound;
  }

  private void dequeued(PendingWindow window, long now) {
    CallTimeline timeline = window.request().timeline();
    timeline.ended("queue", window.since(), now);
    timeline.measure(() -> observer.dequeued(Duration.ofNanos(now - window.since())));
  }

  /** One batch and what becomes of it. */
  private final class Batch {
    private int tries;
    private boolean sound = true;

    Batch(int tries) {
      this.tries = tries;
    }

    private void run(List<PendingWindow> windows) {
      List<PendingWindow> left = new ArrayList<>(windows);
      try {
        encode(left);
      } catch (Throwable failure) {
        // Errors too: whoever waits for the batch must hear of it, and the next one deserves its
        // try.
        observer.batchFailed(failure);
        left.removeIf(window -> !window.isWanted());
        tryAgain(windows.size(), left, failure);
      }
    }

    private void tryAgain(int before, List<PendingWindow> left, Throwable failure) {
      if (left.isEmpty()) {
        return;
      }
      if (before == 1 || left.size() > tries) {
        lose(left, failure);
        return;
      }
      tries -= left.size();
      observer.batchSplit();
      if (left.size() < before) {
        run(left);
        return;
      }
      run(left.subList(0, left.size() / 2));
      run(left.subList(left.size() / 2, left.size()));
    }

    private void lose(List<PendingWindow> windows, Throwable failure) {
      LOG.error("{} windows were lost", windows.size(), failure);
      EmbeddingFailure reason = EmbeddingFailure.of(failure);
      sound &= reason == EmbeddingFailure.NON_FINITE_EMBEDDING;
      windows.forEach(window -> window.text().fail(reason));
    }
  }

  /** Leaves in {@code windows} those that failed, and throws what they failed by. */
  private void encode(List<PendingWindow> windows) {
    long begin = ticker.read();
    WindowBatch batch =
        new WindowBatch(
            settings.specialTokens(),
            windows.stream().map(PendingWindow::content).toList(),
            windows.get(0).paddedLength());
    long built = ticker.read();
    observer.batched(Duration.ofNanos(built - begin));
    TokenStates states = model.encode(batch);
    long encoded = ticker.read();
    windows.stream()
        .map(PendingWindow::request)
        .distinct()
        .forEach(request -> request.timeline().ended("infer", built, encoded));
    CallTimeline first = windows.get(0).request().timeline();
    Optional<RuntimeException> failure = pool(windows, states, batch);
    Duration inference = Duration.ofNanos(encoded - built);
    Duration pooling = Duration.ofNanos(ticker.read() - encoded);
    // A batch belongs to several calls; what is measured of it can be led back to one of them.
    first.measure(
        () ->
            observer.encoded(
                batch.size(), batch.realTokens(), batch.paddingTokens(), inference, pooling));
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Leaves in {@code windows} those that failed, and returns what the last of them failed by. */
  private Optional<RuntimeException> pool(
      List<PendingWindow> windows, TokenStates states, WindowBatch batch) {
    List<PendingWindow> failed = new ArrayList<>();
    Optional<RuntimeException> failure = Optional.empty();
    for (int row = 0; row < windows.size(); row++) {
      try {
        pool(windows.get(row), states, row, batch.length(row));
      } catch (RuntimeException e) {
        failed.add(windows.get(row));
        failure = Optional.of(e);
      }
    }
    windows.clear();
    windows.addAll(failed);
    return failure;
  }

  private void pool(PendingWindow window, TokenStates states, int row, int tokens) {
    long begin = ticker.read();
    double[] sum = settings.head().pool(states, row, tokens);
    window.request().timeline().ended("pool", begin, ticker.read());
    // Before it is added to what other windows of its text have: alone it may be finite.
    if (!Arrays.stream(sum).allMatch(Double::isFinite)) {
      throw new NonFiniteEmbeddingException();
    }
    try {
      window.text().add(window.index(), sum, tokens);
    } catch (RuntimeException e) {
      // Of the whole text: its windows are pooled, so that there is nothing to try again.
      observer.batchFailed(e);
      window.text().fail(EmbeddingFailure.of(e));
    }
  }
}
