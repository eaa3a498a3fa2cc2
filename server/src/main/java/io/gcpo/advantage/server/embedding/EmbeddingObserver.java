// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.time.Duration;

/**
 * Is told what the embedder does. Called from several threads; must be quick and must not throw.
 */
public interface EmbeddingObserver {
  /** Hears nothing. */
  EmbeddingObserver NONE = new EmbeddingObserver() {};

  /** Batches will hold up to this many tokens, padding included. */
  default void budgetChosen(int tokens) {}

  /** {@code texts} became token ids, {@code truncatedTokens} of which are left out. */
  default void tokenized(int texts, long truncatedTokens, Duration elapsed) {}

  /** The queue now holds this many windows of this many tokens. */
  default void queueChanged(long sequences, long tokens) {}

  /** One window left the queue for a batch. */
  default void dequeued(Duration waited) {}

  /**
   * A batch of {@code tokens}, padding included, goes into the model; {@link #batchEnded} follows.
   */
  default void batchStarted(long tokens) {}

  /** It has come out of the model, or was lost there. */
  default void batchEnded(long tokens) {}

  /** Windows from the queue were put together to a batch. */
  default void batched(Duration elapsed) {}

  /** A batch of {@code sequences} windows went through the model. */
  default void encoded(
      int sequences, long realTokens, long paddingTokens, Duration infer, Duration pool) {}

  /** A batch failed: it is split, or lost if it is a single window or was split often enough. */
  default void batchFailed(Throwable cause) {}

  /** A worker that had failed or was stuck was replaced. */
  default void workerRestarted() {}

  /** What is left of a batch that failed goes through the model again, in smaller batches. */
  default void batchSplit() {}

  /** Work was turned away before it cost anything. */
  default void shed(ShedReason reason) {}

  /** The queue is over four fifths full. */
  default void nearlyFull() {}

  /** Work whose deadline had passed, or could not be met, was dropped before it cost more. */
  default void deadlineMissed(Stop stop) {}

  /** Where work is looked at again before it goes on. */
  enum Stop {
    /** Before a piece of a request is turned into tokens. */
    TOKENIZE,
    /** When a batch is formed. */
    QUEUE
  }
}
