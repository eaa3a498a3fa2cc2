// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricEigen;

/**
 * The closed form phi_i ~ [log(I + alpha L)]_ii, the diagonal of a matrix logarithm.
 *
 * <p>It is the Aumann-Shapley value of the game's multilinear relative log det(I + diag(x) alpha L)
 * along x = q (1, ..., 1): efficient, symmetric, zero for null players, and equal to the Shapley
 * value for orthogonal clusters of duplicates. O(n^3) for n active players.
 */
public final class MatrixLogShapley implements CreditAllocation {

  @Override
  public ShapleyValues allocate(CoverageGame game) {
    int players = game.activePlayers();
    SymmetricEigen eigen = SymmetricEigen.of(game.volume());
    double[] values = new double[players];
    double teamValue = 0;
    for (int k = 0; k < players; k++) {
      double logarithm = StrictMath.log1p(Math.max(0, eigen.values().get(k)));
      teamValue += logarithm;
      for (int i = 0; i < players; i++) {
        values[i] += eigen.component(i, k) * eigen.component(i, k) * logarithm;
      }
    }
    return game.valuesOf(values, teamValue, CreditMethod.MATRIX_LOG);
  }
}
