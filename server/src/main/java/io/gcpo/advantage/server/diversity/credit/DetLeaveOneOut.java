// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.ConditionalDiagonal;

/**
 * What each player adds to all others, det(I + A) c_i / (1 + c_i) with c_i the volume of i given
 * them, times what makes the shares sum to v(N): det(I + A) drops out. O(n^3).
 */
final class DetLeaveOneOut implements CreditAllocation {

  @Override
  public CreditShares allocate(CoverageGame game) {
    double[] parts = ConditionalDiagonal.of(game.matrix().toRows());
    for (int i = 0; i < parts.length; i++) {
      parts[i] /= 1 + parts[i];
    }
    double teamValue = game.teamValue(Volume.DET);
    double[] values = MarginalRange.scaledToSum(parts, teamValue);
    return CreditShares.of(game.overAll(values), teamValue, CreditMethod.EXACT);
  }
}
