// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

/** Unbiased estimates of the gradient of pass@k, as scores of rollouts. */
enum PkpoVariant {
  /** The mean of the best reward over the subsets of size k that contain the rollout. */
  PLAIN,
  /** The mean of what the rollout adds to the best reward of k - 1 others. */
  LEAVE_ONE_OUT_MINUS_ONE
}
