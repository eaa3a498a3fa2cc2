// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.GaussLegendre;
import io.gcpo.advantage.server.linalg.SymmetricEigen;

/**
 * The Shapley value of DET, exact for any number of players in O(n^3).
 *
 * <p>det(I + diag(x) A) is the multilinear extension of the game, so that with the eigenpairs
 * lam_k, U of A (Owen, Multilinear extensions of games, 1972)
 *
 * <pre>
 *   phi_i = integral_0^1 det(I + q A) [A (I + q A)^-1]_ii dq
 *         = sum_k U_ik^2 lam_k integral_0^1 prod_{l != k} (1 + q lam_l) dq
 * </pre>
 */
final class DetShapley implements CreditAllocation {
  /*
   * The integrand is a polynomial of degree n - 1: a Gauss-Legendre rule of n/2 nodes is exact. All
   * terms are >= 0, nothing cancels. Everything is divided by det(I + A), factor by factor, so that
   * nothing overflows on the way to a team value that does not.
   */

  @Override
  public CreditShares allocate(CoverageGame game) {
    double teamValue = game.teamValue(Volume.DET);
    MarginalRange range = MarginalRange.ofDet(game.matrix(), teamValue);
    double[] parts = range.clampToSum(partsOfDeterminant(game), teamValue / (1 + teamValue));
    double[] values = MarginalRange.scaledToSum(parts, teamValue);
    return CreditShares.of(game.overAll(values), teamValue, CreditMethod.EXACT);
  }

  /** phi / det(I + A) of the active players. */
  private static double[] partsOfDeterminant(CoverageGame game) {
    int players = game.activePlayers();
    SymmetricEigen eigen = SymmetricEigen.of(game.matrix());
    double[] eigenvalues = new double[players];
    for (int k = 0; k < players; k++) {
      eigenvalues[k] = Math.max(0, eigen.values().get(k));
    }
    double[] integrals = integrals(eigenvalues);
    double[] parts = new double[players];
    for (int k = 0; k < players; k++) {
      for (int i = 0; i < players; i++) {
        parts[i] += eigen.component(i, k) * eigen.component(i, k) * (eigenvalues[k] * integrals[k]);
      }
    }
    return parts;
  }

  /** For each k the integral of prod_{l != k} (1 + q lam_l) over prod_l (1 + lam_l). */
  private static double[] integrals(double[] eigenvalues) {
    GaussLegendre rule = GaussLegendre.of((eigenvalues.length + 1) / 2);
    double[] integrals = new double[eigenvalues.length];
    for (int node = 0; node < rule.nodes().size(); node++) {
      double q = rule.nodes().get(node);
      double product = rule.weights().get(node);
      for (double eigenvalue : eigenvalues) {
        product *= (1 + q * eigenvalue) / (1 + eigenvalue);
      }
      for (int k = 0; k < integrals.length; k++) {
        integrals[k] += product / (1 + q * eigenvalues[k]);
      }
    }
    return integrals;
  }
}
