// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * What each player of a coverage game earns.
 *
 * @param values [n], each >= 0, exactly 0 for a null player, the same bits for interchangeable
 *     players; they sum to {@code teamValue} within 1e-9 relative, except BANZHAF
 * @param teamValue v(N) >= 0
 * @param method how the values were computed
 * @param samples permutations (SHAPLEY) or sets (BANZHAF) drawn; 0 unless SAMPLED
 * @param standardErrors [n] of the values; 0 unless SAMPLED
 */
public record CreditShares(
    Vector values, double teamValue, CreditMethod method, int samples, Vector standardErrors) {

  /** Shares without a sampling error. */
  static CreditShares of(Vector values, double teamValue, CreditMethod method) {
    return new CreditShares(values, teamValue, method, 0, Vector.zero(values.size()));
  }
}
