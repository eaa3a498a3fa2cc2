// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

/** What a group with one reward that counts gets. */
enum Singleton {
  /** 0: there is nothing to compare with. */
  ZERO,
  /** reward / (1 + epsilon), as if the mean were 0 and the standard deviation 1. */
  REWARD
}
