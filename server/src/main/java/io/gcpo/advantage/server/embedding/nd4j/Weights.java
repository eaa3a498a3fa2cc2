// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

/**
 * A model's weights by PyTorch's names, without what a file puts before {@code embeddings} and
 * {@code encoder}. Every value is finite; a tensor that is missing or of another shape is an {@link
 * io.gcpo.advantage.server.embedding.InvalidModelException}.
 */
interface Weights {
  /** An embedding table, a bias or a norm, row-major. */
  float[] values(String name, long... shape);

  /** The matrix [in, out] of the linear layer {@code layer}, row-major. */
  float[] matrix(String layer, int in, int out);
}
