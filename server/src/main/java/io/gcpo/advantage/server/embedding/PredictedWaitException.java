// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.time.Duration;

/**
 * Work was turned away before it began, as it would not have been done in time. Without a stack
 * trace: under overload there are hundreds a second, and each is to cost next to nothing.
 */
public final class PredictedWaitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** It would take {@code wait}, of which its caller leaves {@code remaining}. */
  public PredictedWaitException(Duration wait, Duration remaining) {
    super(
        "predicted wait: %d ms (expected: well within the %d ms until the deadline)"
            .formatted(wait.toMillis(), Math.max(0, remaining.toMillis())),
        null,
        false,
        false);
  }
}
