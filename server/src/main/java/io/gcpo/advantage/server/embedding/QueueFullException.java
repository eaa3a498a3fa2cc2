// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** So many tokens wait for the model already that this work was refused before it began. */
public final class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code tokens} more on top of {@code queued} would exceed {@code limit}. */
  public QueueFullException(long tokens, long queued, long limit) {
    super("queue: %d + %d tokens (expected: <= %d)".formatted(queued, tokens, limit));
  }
}
