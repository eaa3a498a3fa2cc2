// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import java.time.Duration;

/** Too many calls wait to send their body; nothing of this one was read. */
public final class BudgetExhaustedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  BudgetExhaustedException(int waiting, long held, Duration retryAfter) {
    super("%d calls wait while %d bytes of requests are worked on".formatted(waiting, held));
    this.retryAfter = retryAfter;
  }

  /** When there should be room. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
