// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

/** Runs things later. Thread-safe. */
interface Timer {
  /**
   * Runs a task once.
   *
   * @param nanos to wait at least
   * @return calls the task off, if it has not begun
   */
  Runnable schedule(long nanos, Runnable task);
}
