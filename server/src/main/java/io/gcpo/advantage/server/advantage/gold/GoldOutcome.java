// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.gold;

/** Whether a golden answer took a rollout's place. */
public enum GoldOutcome {
  /** It did. */
  REPLACED,
  /** Some rollout has a reward above the threshold, or none has one that counts. */
  NOT_TRIGGERED,
  /** The group brought no golden answer. */
  NO_GOLDEN_ANSWER
}
