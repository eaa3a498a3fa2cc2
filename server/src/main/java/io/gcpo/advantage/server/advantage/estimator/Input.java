// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

/** What an estimator may need of a group besides the rewards that count. */
public enum Input {
  /** The similarity kernel of the rollouts, and so a text or an embedding for each. */
  SIMILARITY,
  /** How many tokens the policy generated, at least 1 for each rollout. */
  GENERATED_TOKENS,
  /** The reward of the policy's greedy rollout. */
  GREEDY_REWARD,
  /** The parts of each reward by name, the same names for each rollout. */
  REWARD_COMPONENTS
}
