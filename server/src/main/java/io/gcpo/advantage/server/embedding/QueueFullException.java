// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.time.Duration;

/**
 * So much waits for the model already that this work was refused before it began. Without a stack
 * trace, as {@link PredictedWaitException}.
 */
public final class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 2L;

  private final ShedReason reason;
  private final Duration retryAfter;

  private QueueFullException(String message, ShedReason reason, Duration retryAfter) {
    super(message, null, false, false);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** {@code tokens} more on top of {@code queued} would exceed {@code limit}. */
  public static QueueFullException ofTokens(
      long tokens, long queued, long limit, Duration retryAfter) {
    return new QueueFullException(
        "queue: %d + %d tokens (expected: <= %d)".formatted(queued, tokens, limit),
        ShedReason.QUEUED_TOKENS,
        retryAfter);
  }

  /** It would begin after {@code wait}, more than {@code limit}. */
  public static QueueFullException ofWait(Duration wait, Duration limit, Duration retryAfter) {
    return new QueueFullException(
        "queue: %d ms (expected: <= %d ms)".formatted(wait.toMillis(), limit.toMillis()),
        ShedReason.QUEUE_WAIT,
        retryAfter);
  }

  /** It is due before others, which would be late with it. */
  public static QueueFullException ofOthers(Duration retryAfter) {
    return new QueueFullException(
        "queue: work that was let in before would be late", ShedReason.QUEUE_WAIT, retryAfter);
  }

  /** Why. */
  public ShedReason reason() {
    return reason;
  }

  /** When there should be room. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
