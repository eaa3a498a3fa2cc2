// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

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

  /**
   * One outcome for each text, in order. An embedding depends on its task alone, not on the other
   * texts or the load.
   *
   * <p>The future fails with {@link QueueFullException} before any work is done, with {@link
   * java.util.concurrent.CancellationException} once {@code signal} says so, with {@link
   * NonFiniteEmbeddingException} or {@link EmbeddingUnavailableException} if the model fails.
   */
  CompletableFuture<List<TextOutcome>> embed(List<TextTask> texts, CancellationSignal signal);
}
