// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** The model answered with a value that is not finite: a defect of the model, never of a text. */
public final class NonFiniteEmbeddingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says so. */
  public NonFiniteEmbeddingException() {
    super("embedding: not finite");
  }
}
