// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * The model's last hidden states [n, paddedLength, d] of one {@link WindowBatch}: a view of the
 * encoder's own memory, good until the encoder is used again, and confined to the encoder's thread.
 */
@FunctionalInterface
public interface TokenStates {
  /** Copies the d values of one real token into {@code target}, which has length d. */
  void copyTo(int window, int token, float[] target);
}
