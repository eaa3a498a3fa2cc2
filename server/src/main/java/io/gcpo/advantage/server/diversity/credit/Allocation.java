// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/** How the value of a team is shared among its players. */
public enum Allocation {
  /** What a player adds to those before it, averaged over all orders. Sums to the team's value. */
  SHAPLEY,
  /** What a player adds to all others, rescaled so that the shares sum to the team's value. */
  LEAVE_ONE_OUT,
  /** What a player adds to a set of others, averaged over all sets. Does not sum to the value. */
  BANZHAF,
  /**
   * The diagonal of log(I + A): the Aumann-Shapley value of log det(I + diag(x) A), a closed form
   * near the Shapley value that sums to the team's value.
   */
  MATRIX_LOG;

  /**
   * Whether the pair exists. MATRIX_LOG is of LOGDET only: det(I + diag(x) A) is the multilinear
   * extension of its game, so that its Aumann-Shapley value is the Shapley value itself.
   */
  public boolean isDefinedFor(Volume volume) {
    return this != MATRIX_LOG || volume == Volume.LOGDET;
  }
}
