// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * Says whether anybody still waits for the answer. Thread-safe and cheap: polled at each hand-off.
 */
@FunctionalInterface
public interface CancellationSignal {
  /** Never cancelled. */
  CancellationSignal NONE = () -> false;

  /** True once the caller has gone or its deadline has passed; never false again after that. */
  boolean isCancelled();
}
