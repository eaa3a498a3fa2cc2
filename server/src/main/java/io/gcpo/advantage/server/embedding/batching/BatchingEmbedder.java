// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.ShedReason;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.pooling.SentenceHead;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/*
 * caller --reserve--> tokenizer threads --windows--> WindowQueue --batches--> encoding workers
 *
 * The caller's thread only admits the request. Windows of all requests meet in the queue, where the
 * planner picks those due first and others of their length; a request is complete when its last window is pooled.
 */
/**
 * Embeds the texts of all callers together, in batches. Ready between {@link #start} and {@link
 * #stop}; thread-safe.
 *
 * <p>A future is completed by an encoding worker, a tokenizer thread or the thread that stops the
 * embedder: whoever does more than a hand-off in a callback must use the {@code Async} methods, or
 * the model waits. A future that is cancelled counts as a cancelled request.
 */
public final class BatchingEmbedder
    implements TextEmbedder, Managed, ReadinessCheck, LivenessCheck {
  /**
   * A caller without a deadline, or with a late one, is served as if it had this one: others with
   * earlier deadlines cannot keep it waiting for ever.
   */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final long TOKENIZER_STOP_SECONDS = 10;

  private final ModelIdentity model;
  private final EngineIdentity engine;
  private final WindowQueue queue;
  private final RequestTokenizer tokenizer;
  private final ExecutorService tokenizerExecutor;
  private final EncodingWorkers workers;
  private final EmbeddingObserver observer;
  private final Ticker ticker;
  private volatile boolean running;

  private BatchingEmbedder(
      ModelIdentity model,
      EngineIdentity engine,
      WindowQueue queue,
      RequestTokenizer tokenizer,
      ExecutorService tokenizerExecutor,
      EncodingWorkers workers,
      EmbeddingObserver observer,
      Ticker ticker) {
    this.model = model;
    this.engine = engine;
    this.queue = queue;
    this.tokenizer = tokenizer;
    this.tokenizerExecutor = tokenizerExecutor;
    this.workers = workers;
    this.observer = observer;
    this.ticker = ticker;
  }

  /**
   * Takes ownership of {@code tokenizer}, {@code encoders} and {@code threads}; {@code
   * readinessChanged} runs when {@link #isReady} has another answer between start and stop.
   */
  public static BatchingEmbedder create(
      BatchingConfig config,
      ModelDirectory model,
      RecordedEmbeddings recorded,
      Tokenizer tokenizer,
      EncoderFactory encoders,
      EmbeddingThreads threads,
      EmbeddingObserver observer,
      Runnable readinessChanged,
      Ticker ticker) {
    SentenceHead head = model.pipeline().head(encoders.dimension());
    BatchSettings settings =
        new BatchSettings(
            tokenizer.specialTokens(), model.maxInputTokens(), head, config.lengthBucket());
    boolean mixesLengths = !config.deterministic() && !encoders.independentOfRows();
    int seats = config.workersOn(encoders.devices().get(0)) * encoders.devices().size();
    WindowQueue queue =
        new WindowQueue(
            seats, config.maxQueuedTokens(), config.maxWait(), mixesLengths, observer, ticker);
    SelfTest selfTest = new SelfTest(tokenizer, settings, recorded);
    ModelIdentity identity =
        new ModelIdentity(
            model.name(), model.fingerprint(), head.dimension(), model.maxInputTokens());
    return new BatchingEmbedder(
        identity,
        encoders.engine().deterministic(config.deterministic() || encoders.independentOfRows()),
        queue,
        new RequestTokenizer(tokenizer, queue, settings, threads.tokenizer(), observer, ticker),
        threads.tokenizer(),
        new EncodingWorkers(
            encoders,
            tokenizer,
            selfTest,
            new TokenBudget(config, encoders.independentOfRows(), settings, tokenizer, ticker),
            observer,
            tokens ->
                new WorkerSupervisor(
                    new EncodingWorker.Tools(
                        queue,
                        selfTest,
                        tokens,
                        encoder -> new ModelCalls(encoder, observer, ticker),
                        calls -> new BatchRunner(calls, settings, observer, ticker),
                        ticker),
                    encoders::open,
                    config.batchTimeout(),
                    observer,
                    threads.workers(),
                    readinessChanged,
                    ticker),
            threads.workers(),
            seats),
        observer,
        ticker);
  }

  @Override
  public ModelIdentity model() {
    return model;
  }

  @Override
  public EngineIdentity engine() {
    return engine;
  }

  /** Tests the model and starts the workers. */
  @Override
  public void start() {
    workers.start();
    running = true;
  }

  @Override
  public String component() {
    return "embedding";
  }

  @Override
  public boolean isReady() {
    return running && workers.isReady();
  }

  @Override
  public boolean isAlive() {
    return workers.isAlive();
  }

  @Override
  public long maxQueuedTokens() {
    return queue.maxTokens();
  }

  @Override
  public Duration maxWait() {
    return queue.maxWait();
  }

  @Override
  public Duration oldestWait() {
    return queue.oldestWait(ticker.read());
  }

  @Override
  public Duration estimatedWait() {
    return queue.estimatedWait();
  }

  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    if (texts.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    if (!workers.isAlive()) {
      return CompletableFuture.failedFuture(
          new EmbeddingUnavailableException("workers: lost (expected: one)"));
    }
    PendingRequest request = request(texts, signal);
    try {
      queue.reserve(request, request.tasks().stream().mapToLong(tokenizer::estimate).sum());
    } catch (QueueFullException e) {
      observer.shed(e.reason());
      return CompletableFuture.failedFuture(e);
    } catch (PredictedWaitException e) {
      observer.shed(ShedReason.PREDICTED_WAIT);
      return CompletableFuture.failedFuture(e);
    } catch (EmbeddingUnavailableException e) {
      return CompletableFuture.failedFuture(e);
    }
    tokenizer.submit(request);
    return request.future();
  }

  /**
   * Ends the batches that run, fails whatever still waits with {@link
   * EmbeddingUnavailableException}, and unloads the model, unless a worker hangs in it.
   */
  @Override
  public void stop() throws InterruptedException {
    running = false;
    EmbeddingUnavailableException stopping = new EmbeddingUnavailableException("stopping");
    queue.close().forEach(window -> window.request().fail(stopping));
    // Requests that are not tokenised yet find the queue closed and fail there.
    tokenizerExecutor.shutdown();
    if (!tokenizerExecutor.awaitTermination(TOKENIZER_STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("tokenizer: still busy after 10 s (expected: idle)");
    }
    workers.stop();
  }

  private PendingRequest request(List<TextTask> texts, CancellationSignal signal) {
    long now = ticker.read();
    Duration remaining = signal.remaining();
    Duration due = remaining.compareTo(LONGEST_WAIT) < 0 ? remaining : LONGEST_WAIT;
    return new PendingRequest(texts, signal, now + due.toNanos(), now + remaining.toNanos());
  }
}
