// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

/** Hears what becomes of spans that have ended. Thread-safe; must not block. */
@FunctionalInterface
public interface SpanObserver {

  /** So many spans came to this end. */
  void spansLeft(Outcome outcome, int spans);

  /** The ends. */
  enum Outcome {
    /** The collector took them. */
    EXPORTED,
    /** The collector refused them, or did not answer. */
    FAILED,
    /** Too many waited. */
    DROPPED
  }
}
