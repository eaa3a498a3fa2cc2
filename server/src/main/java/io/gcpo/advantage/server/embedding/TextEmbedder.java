// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Turns texts into embeddings without blocking the caller. Thread-safe. */
public interface TextEmbedder {

  /** The model whose embeddings these are. */
  ModelIdentity model();

  /** What runs the model. */
  EngineIdentity engine();

  /** Tokens that may wait for the model, over all callers. */
  long maxQueuedTokens();

  /** Texts that would wait longer for the model are refused; zero for no such bound. */
  default Duration maxWait() {
    return Duration.ZERO;
  }

  /** How long the text that has waited longest for the model has waited; zero where none waits. */
  default Duration oldestWait() {
    return Duration.ZERO;
  }

  /** How long all that waits for the model will take; zero where that is not known. */
  default Duration estimatedWait() {
    return Duration.ZERO;
  }

  /**
   * One outcome for each text, in order. An embedding depends on its task alone, not on the other
   * texts or the load.
   *
   * <p>A text that the model fails on is {@link TextOutcome.Failed}, whatever becomes of the
   * others. The future fails with {@link QueueFullException} or {@link PredictedWaitException}
   * before any work is done, with the latter also once the deadline cannot be met any more, with
   * {@link java.util.concurrent.CancellationException} once {@code signal} says so, with {@link
   * EmbeddingUnavailableException} if the embedder stops.
   */
  CompletableFuture<List<TextOutcome>> embed(List<TextTask> texts, CancellationSignal signal);

  /** Whether embeddings are kept, so that {@link #find} may find any. */
  default boolean keepsEmbeddings() {
    return false;
  }

  /**
   * What is known of texts that were embedded before or are being embedded now: one outcome for
   * each task, in order, {@link TextOutcome.Unknown} where nothing is.
   *
   * <p>The future fails with {@link java.util.concurrent.CancellationException} once {@code signal}
   * says so, and with {@link EmbeddingUnavailableException} if the model failed on one of them
   * while this waited for it.
   */
  default CompletableFuture<List<TextOutcome>> find(
      List<DigestTask> digests, CancellationSignal signal) {
    return CompletableFuture.completedFuture(
        Collections.nCopies(digests.size(), new TextOutcome.Unknown()));
  }
}
