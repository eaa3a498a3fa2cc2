// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/**
 * One call on its way; instants in nanoseconds of {@link Time}.
 *
 * @param dueNanos when it was to be sent
 * @param sentNanos when it was
 */
record Flight(Slot slot, long dueNanos, long sentNanos) {
  /** How late it was sent. */
  long lagNanos() {
    return sentNanos - dueNanos;
  }
}
