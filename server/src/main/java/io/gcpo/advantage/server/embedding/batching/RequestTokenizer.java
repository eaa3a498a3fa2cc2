// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns requests into windows in the queue, on an executor, a piece of a request at a time: the
 * model begins with the first piece, and requests take turns. Thread-safe.
 */
final class RequestTokenizer {
  private static final Logger LOG = LoggerFactory.getLogger(RequestTokenizer.class);

  /** Tokens of a piece, by estimate: some 20 ms of tokenising, about sixteen batches. */
  private static final long PIECE_TOKENS = 16_384;

  private final Tokenizer tokenizer;
  private final WindowCutter cutter;
  private final WindowQueue queue;
  private final BatchSettings settings;
  private final Executor executor;
  private final EmbeddingObserver observer;
  private final Ticker ticker;

  RequestTokenizer(
      Tokenizer tokenizer,
      WindowQueue queue,
      BatchSettings settings,
      Executor executor,
      EmbeddingObserver observer,
      Ticker ticker) {
    this.tokenizer = tokenizer;
    this.cutter = new WindowCutter(settings.specialTokens(), settings.maxInputTokens());
    this.queue = queue;
    this.settings = settings;
    this.executor = executor;
    this.observer = observer;
    this.ticker = ticker;
  }

  /** About how many tokens of {@code task} will go through the model. */
  long estimate(TextTask task) {
    return task.truncationPolicy() == TruncationPolicy.CHUNK_MEAN
        ? length(task)
        : Math.min(length(task), settings.maxInputTokens());
  }

  /** About how many tokens it has: English has four characters a token, code three. */
  private static long length(TextTask task) {
    return task.text().length() / 3 + 2L;
  }

  /** Sees to all texts of {@code request}, whose estimates are reserved in the queue. */
  void submit(PendingRequest request) {
    submit(request, 0);
  }

  private void submit(PendingRequest request, int from) {
    try {
      executor.execute(() -> tokenizePiece(request, from));
    } catch (RejectedExecutionException e) {
      giveUp(request, from, new EmbeddingUnavailableException("tokenizer: closed", e));
    }
  }

  private void tokenizePiece(PendingRequest request, int from) {
    if (request.isAbandoned()) {
      if (request.cancel() && request.isLate()) {
        observer.deadlineMissed(EmbeddingObserver.Stop.TOKENIZE);
      }
      release(request, from, request.tasks().size());
      return;
    }
    int to = endOfPiece(request, from);
    try {
      queue.add(tokenize(request, from, to));
    } catch (EmbeddingUnavailableException e) {
      giveUp(request, from, e);
      return;
    } catch (RuntimeException | Error e) {
      giveUp(request, from, new EmbeddingUnavailableException("tokenizer: failed", e));
      return;
    }
    release(request, from, to);
    if (to < request.tasks().size()) {
      submit(request, to);
    }
  }

  private int endOfPiece(PendingRequest request, int from) {
    long tokens = 0;
    int to = from;
    while (to < request.tasks().size() && tokens < PIECE_TOKENS) {
      tokens += length(request.tasks().get(to));
      to++;
    }
    return to;
  }

  private List<PendingWindow> tokenize(PendingRequest request, int from, int to) {
    long begin = ticker.read();
    long truncatedTokens = 0;
    List<PendingWindow> windows = new ArrayList<>();
    for (int index = from; index < to; index++) {
      WindowCutter.Plan plan = plan(request.tasks().get(index));
      if (plan instanceof WindowCutter.Windows cut) {
        truncatedTokens += cut.truncatedTokens();
        PendingText text = new PendingText(request, index, cut, settings.head());
        addWindows(windows, text, cut.contents(), ticker.read());
      } else if (plan instanceof WindowCutter.Refusal refusal) {
        request.complete(index, refusal.outcome());
      }
    }
    report(request, to - from, truncatedTokens, begin);
    return windows;
  }

  /** A text that the tokenizer fails on fails alone, however deep it went; other errors end all. */
  private WindowCutter.Plan plan(TextTask task) {
    try {
      return cutter.cut(tokenizer.encode(task.text()), task.truncationPolicy());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("tokenizer: a text of {} characters failed", task.text().length(), e);
      return new WindowCutter.Refusal(new TextOutcome.Failed(EmbeddingFailure.INTERNAL));
    }
  }

  private void report(PendingRequest request, int texts, long truncatedTokens, long begin) {
    long end = ticker.read();
    CallTimeline timeline = request.timeline();
    timeline.ended("tokenize", begin, end);
    timeline.measure(
        () -> observer.tokenized(texts, truncatedTokens, Duration.ofNanos(end - begin)));
  }

  private void addWindows(
      List<PendingWindow> windows, PendingText text, List<TokenIds> contents, long since) {
    for (int i = 0; i < contents.size(); i++) {
      TokenIds content = contents.get(i);
      int paddedLength = settings.paddedLength(content.length());
      windows.add(new PendingWindow(text, i, content, paddedLength, since));
    }
  }

  private void giveUp(PendingRequest request, int from, EmbeddingUnavailableException cause) {
    request.fail(cause);
    release(request, from, request.tasks().size());
  }

  private void release(PendingRequest request, int from, int to) {
    long tokens = 0;
    for (int index = from; index < to; index++) {
      tokens += estimate(request.tasks().get(index));
    }
    queue.release(request, tokens);
  }
}
