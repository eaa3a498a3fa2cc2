// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** The engine failed or is shutting down; the same work may succeed later or elsewhere. */
public final class EmbeddingUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} is for our log, not for the caller. */
  public EmbeddingUnavailableException(String message) {
    super(message);
  }

  /** {@code message} is for our log, not for the caller. */
  public EmbeddingUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
