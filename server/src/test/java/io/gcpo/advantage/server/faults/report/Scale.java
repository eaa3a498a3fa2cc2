// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.report;

/**
 * How much a suite of faults does: little in every build, the full number with {@code -Pfaults}.
 */
public final class Scale {
  private static final boolean FULL = Boolean.getBoolean("gcpo.faults");

  private Scale() {}

  /** Whether this is the run at full length. */
  public static boolean isFull() {
    return FULL;
  }

  public static int of(int brief, int full) {
    return FULL ? full : brief;
  }
}
