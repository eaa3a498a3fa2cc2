// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.time.Duration;

/**
 * Says whether anybody still waits for the answer, how long, and who follows its way. Thread-safe
 * and cheap: polled at each hand-off.
 */
@FunctionalInterface
public interface CancellationSignal {
  /** Never cancelled, never in a hurry. */
  CancellationSignal NONE = () -> false;

  /** What {@link #remaining} says of a caller without a deadline. */
  Duration FOREVER = Duration.ofDays(365);

  /** True once the caller has gone or its deadline has passed; never false again after that. */
  boolean isCancelled();

  /** Until the caller's deadline; not above 0 once it has passed. */
  default Duration remaining() {
    return FOREVER;
  }

  /** Where the time of the caller's call is noted. */
  default CallTimeline timeline() {
    return CallTimeline.NONE;
  }
}
