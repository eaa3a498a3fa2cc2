// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/** How the credits of a coverage game were computed. */
public enum CreditMethod {
  /** The exact values of the allocation, by enumeration or in polynomial time. */
  EXACT,
  /** The diagonal of log(I + A). */
  MATRIX_LOG,
  /** Estimates of the values, with a standard error each. */
  SAMPLED
}
