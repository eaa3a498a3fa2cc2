// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.ConditionalDiagonal;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The Banzhaf value of DET, as it is: it does not sum to v(N). It is the gradient of the
 * multilinear extension det(I + diag(x) A) where all x are 1/2 (Owen, 1975): with H = A/2 and c_i
 * the volume of i in H given all others,
 *
 * <pre>
 *   phi_i = det(I + H) [A (I + H)^-1]_ii = 2 det(I + H) c_i / (1 + c_i)
 * </pre>
 *
 * <p>O(n^3).
 */
final class DetBanzhaf implements CreditAllocation {

  @Override
  public CreditShares allocate(CoverageGame game) {
    double teamValue = game.teamValue(Volume.DET);
    SymmetricMatrix matrix = game.matrix();
    SymmetricMatrix half = SymmetricMatrix.of(matrix.size(), (i, j) -> matrix.get(i, j) / 2);
    double determinant = 1 + Volume.DET.of(half);
    double[] values = ConditionalDiagonal.of(half.toRows());
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * (determinant * (values[i] / (1 + values[i])));
    }
    return CreditShares.of(game.overAll(values), teamValue, CreditMethod.EXACT);
  }
}
