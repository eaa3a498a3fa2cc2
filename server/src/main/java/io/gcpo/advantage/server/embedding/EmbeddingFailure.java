// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Throwables;

/** Why the model made no embedding of a text. The names are those of reasons on the wire. */
public enum EmbeddingFailure {
  /** The device has no memory for it, not even alone. */
  DEVICE_OOM,
  /** The model answered with a value that is not finite. */
  NON_FINITE_EMBEDDING,
  /** The engine or the worker failed; the same work may succeed later or elsewhere. */
  WORKER_RESTARTING,
  /** A defect: the tokenizer failed on the text, and would again. */
  INTERNAL;

  /** What {@code failure}, or what caused it, stands for. */
  public static EmbeddingFailure of(Throwable failure) {
    if (isCausedBy(failure, DeviceMemoryException.class)
        || isCausedBy(failure, OutOfMemoryError.class)) {
      return DEVICE_OOM;
    }
    return isCausedBy(failure, NonFiniteEmbeddingException.class)
        ? NON_FINITE_EMBEDDING
        : WORKER_RESTARTING;
  }

  /** What a call ends with whose answer has no place for the failure of one text. */
  public RuntimeException toException() {
    return switch (this) {
      case DEVICE_OOM -> new DeviceMemoryException("no memory for a text", null);
      case NON_FINITE_EMBEDDING -> new NonFiniteEmbeddingException();
      case WORKER_RESTARTING -> new EmbeddingUnavailableException("a text was lost");
      case INTERNAL -> new IllegalStateException("a text could not be tokenized");
    };
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    return Throwables.getCausalChain(failure).stream().anyMatch(type::isInstance);
  }
}
