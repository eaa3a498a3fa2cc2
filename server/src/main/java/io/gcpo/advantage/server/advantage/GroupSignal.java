// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

/** Whether a group's advantages carry a training signal. */
public enum GroupSignal {
  /** At least two advantages differ. */
  OK,
  /** All scores are a tie: every advantage is exactly 0. */
  ZERO_VARIANCE,
  /** Only one rollout had a reward that counts: its advantage is 0. */
  TOO_FEW_VALID,
  /** No rollout had a reward that counts: every advantage is 0. */
  ALL_EXCLUDED
}
