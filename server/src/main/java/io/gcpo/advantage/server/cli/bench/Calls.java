// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/**
 * How the calls of a run ended.
 *
 * @param due that the schedule asked for
 * @param answered with a fitting answer, groups with errors included
 * @param failed refused, lost, too late or wrong
 * @param notSent that the driver had no memory for
 */
public record Calls(long due, long answered, long failed, long notSent) {
  static final Calls NONE = new Calls(0, 0, 0, 0);

  /** Still on their way when the driver stopped waiting. */
  public long unanswered() {
    return due - answered - failed - notSent;
  }

  Calls plus(long due, long answered, long failed, long notSent) {
    return new Calls(
        this.due + due, this.answered + answered, this.failed + failed, this.notSent + notSent);
  }
}
