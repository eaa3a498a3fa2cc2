// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what it hears. */
final class RecordingObserver implements EmbeddingObserver {
  final AtomicInteger tokenizedTexts = new AtomicInteger();
  final AtomicInteger dequeued = new AtomicInteger();
  final AtomicLong realTokens = new AtomicLong();
  final AtomicLong paddingTokens = new AtomicLong();
  final AtomicLong inFlightTokens = new AtomicLong();
  final AtomicInteger batched = new AtomicInteger();
  final AtomicLong queuedTokens = new AtomicLong();
  final AtomicInteger splits = new AtomicInteger();
  final AtomicInteger restarts = new AtomicInteger();
  final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Semaphore sequences = new Semaphore(0);

  /** True once this many windows have gone through the model. */
  boolean waitForSequences(int count) {
    try {
      return sequences.tryAcquire(count, 60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void tokenized(int texts, long truncatedTokens, Duration elapsed) {
    tokenizedTexts.addAndGet(texts);
  }

  @Override
  public void queueChanged(long waiting, long tokens) {
    queuedTokens.set(tokens);
  }

  @Override
  public void batchStarted(long tokens) {
    inFlightTokens.addAndGet(tokens);
  }

  @Override
  public void batchEnded(long tokens) {
    inFlightTokens.addAndGet(-tokens);
  }

  @Override
  public void batched(Duration elapsed) {
    batched.incrementAndGet();
  }

  @Override
  public void dequeued(Duration waited) {
    dequeued.incrementAndGet();
  }

  @Override
  public void encoded(int batch, long real, long padding, Duration infer, Duration pool) {
    realTokens.addAndGet(real);
    paddingTokens.addAndGet(padding);
    sequences.release(batch);
  }

  @Override
  public void batchFailed(Throwable cause) {
    failures.add(cause);
  }

  @Override
  public void batchSplit() {
    splits.incrementAndGet();
  }

  @Override
  public void workerRestarted() {
    restarts.incrementAndGet();
  }
}
