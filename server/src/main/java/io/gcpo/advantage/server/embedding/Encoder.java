// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * Runs the model over batches, one after the other. Confined to one thread at a time.
 *
 * <p>Numerics: float32. The states of a window depend on its own tokens and the batch's padded
 * length, bit for bit, and not on its row or its neighbours; an engine that cannot promise this
 * says so in its documentation.
 */
public interface Encoder extends AutoCloseable {
  /**
   * The states of each token of {@code batch}; throws {@link DeviceMemoryException} if there is no
   * memory for it and {@link EmbeddingUnavailableException} if the engine fails otherwise, after
   * which the encoder can be used again.
   */
  TokenStates encode(WindowBatch batch);

  /** Gives its memory back. */
  @Override
  void close();
}
