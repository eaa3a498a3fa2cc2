// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/** How the credits of a coverage game were computed. */
public enum CreditMethod {
  /** Exact Shapley values by enumeration of all subsets. */
  EXACT,
  /** Means over sampled orders or sets, with standard errors. */
  SAMPLED,
  /** The diagonal of log(I + alpha L). */
  MATRIX_LOG
}
