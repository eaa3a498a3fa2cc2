// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.ShedReason;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Makes a broken observer harmless. As thread-safe as the observer. */
final class GuardedEmbeddingObserver implements EmbeddingObserver {
  private final EmbeddingObserver observer;
  private final Guard guard;

  GuardedEmbeddingObserver(EmbeddingObserver observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.guard = new Guard(observer.getClass(), nanoClock);
  }

  @Override
  public void budgetChosen(int tokens) {
    guard.run(() -> observer.budgetChosen(tokens));
  }

  @Override
  public void tokenized(int texts, long truncatedTokens, Duration elapsed) {
    guard.run(() -> observer.tokenized(texts, truncatedTokens, elapsed));
  }

  @Override
  public void queueChanged(long sequences, long tokens) {
    guard.run(() -> observer.queueChanged(sequences, tokens));
  }

  @Override
  public void dequeued(Duration waited) {
    guard.run(() -> observer.dequeued(waited));
  }

  @Override
  public void batchStarted(long tokens) {
    guard.run(() -> observer.batchStarted(tokens));
  }

  @Override
  public void batchEnded(long tokens) {
    guard.run(() -> observer.batchEnded(tokens));
  }

  @Override
  public void batched(Duration elapsed) {
    guard.run(() -> observer.batched(elapsed));
  }

  @Override
  public void encoded(
      int sequences, long realTokens, long paddingTokens, Duration infer, Duration pool) {
    guard.run(() -> observer.encoded(sequences, realTokens, paddingTokens, infer, pool));
  }

  @Override
  public void batchFailed(Throwable cause) {
    guard.run(() -> observer.batchFailed(cause));
  }

  @Override
  public void workerRestarted() {
    guard.run(observer::workerRestarted);
  }

  @Override
  public void batchSplit() {
    guard.run(observer::batchSplit);
  }

  @Override
  public void shed(ShedReason reason) {
    guard.run(() -> observer.shed(reason));
  }

  @Override
  public void nearlyFull() {
    guard.run(observer::nearlyFull);
  }

  @Override
  public void deadlineMissed(Stop stop) {
    guard.run(() -> observer.deadlineMissed(stop));
  }
}
