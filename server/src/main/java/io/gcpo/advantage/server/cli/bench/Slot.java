// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/**
 * One call's place in a schedule.
 *
 * @param atNanos when it is due, from the start of the run; not negative
 * @param kind what it asks for
 * @param step which training step it belongs to, from 0; with a rate, each call is a step
 * @param part which call of that step it is, from 0
 */
public record Slot(long atNanos, Kind kind, long step, int part) {
  /** What a call asks for. */
  public enum Kind {
    /** SubmitRollouts: texts ahead of their rewards. */
    SUBMIT,
    /** ComputeAdvantages. */
    COMPUTE
  }
}
