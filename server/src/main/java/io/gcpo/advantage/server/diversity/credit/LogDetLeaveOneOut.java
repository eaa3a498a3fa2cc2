// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.ConditionalDiagonal;
import io.gcpo.advantage.server.linalg.LogOnePlus;

/**
 * What each player adds to all others, -log [(I + A)^-1]_ii = log(1 + c_i) with c_i the volume of i
 * given them, times what makes the shares sum to v(N). O(n^3).
 */
final class LogDetLeaveOneOut implements CreditAllocation {

  @Override
  public CreditShares allocate(CoverageGame game) {
    double[] marginals = ConditionalDiagonal.of(game.matrix().toRows());
    for (int i = 0; i < marginals.length; i++) {
      marginals[i] = LogOnePlus.of(marginals[i]);
    }
    double teamValue = game.teamValue(Volume.LOGDET);
    double[] values = MarginalRange.scaledToSum(marginals, teamValue);
    return CreditShares.of(game.overAll(values), teamValue, CreditMethod.EXACT);
  }
}
