// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.linalg.Vector;

/** Whether a group's advantages carry a training signal. */
public enum GroupSignal {
  /** Some advantage is not 0. */
  OK,
  /** The scores are a tie: every advantage is exactly 0. */
  ZERO_VARIANCE,
  /** Only one rollout had a reward that counts, and its advantage is 0. */
  TOO_FEW_VALID,
  /** No rollout had a reward that counts: every advantage is 0. */
  ALL_EXCLUDED;

  /** Of advantages [m] of the rollouts whose reward counts. */
  static GroupSignal of(Vector advantages) {
    if (!advantages.isZero()) {
      return OK;
    }
    return switch (advantages.size()) {
      case 0 -> ALL_EXCLUDED;
      case 1 -> TOO_FEW_VALID;
      default -> ZERO_VARIANCE;
    };
  }
}
