// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.LogOnePlus;
import io.gcpo.advantage.server.linalg.SymmetricEigen;

/**
 * The closed form phi_i = [log(I + A)]_ii, the diagonal of a matrix logarithm.
 *
 * <p>It is the Aumann-Shapley value of log det(I + diag(x) A) along x = q (1, ..., 1): efficient,
 * symmetric, zero for null players, and equal to the Shapley value for orthogonal clusters of
 * duplicates. O(n^3).
 */
final class LogDetMatrixLog implements CreditAllocation {

  @Override
  public CreditShares allocate(CoverageGame game) {
    int players = game.activePlayers();
    SymmetricEigen eigen = SymmetricEigen.of(game.matrix());
    double[] values = new double[players];
    for (int k = 0; k < players; k++) {
      double logarithm = LogOnePlus.of(Math.max(0, eigen.values().get(k)));
      for (int i = 0; i < players; i++) {
        values[i] += eigen.component(i, k) * eigen.component(i, k) * logarithm;
      }
    }
    double teamValue = game.teamValue(Volume.LOGDET);
    double[] shares = MarginalRange.ofLogDet(game.matrix()).clampToSum(values, teamValue);
    return CreditShares.of(game.overAll(shares), teamValue, CreditMethod.MATRIX_LOG);
  }
}
