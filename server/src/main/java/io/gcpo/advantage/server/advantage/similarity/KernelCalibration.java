// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

/** Where a temperature comes from. */
public enum KernelCalibration {
  /** From the configuration, or none. */
  NONE,
  /** From the group: its median similarity of correct rollouts becomes 1/2. */
  GROUP_MEDIAN
}
