// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Arrays;

/**
 * The cooperative game whose players are rollouts and in which a set S of them is worth the volume
 * of its reward-weighted embeddings, a {@link Volume} of the matrix A_S:
 *
 * <pre>
 *   A_ij = alpha L_ij,  L_ij = w_i^p K_ij w_j^p,  w_i = max(0, r_i)
 * </pre>
 *
 * <p>A rollout with A_ii = 0 (a reward of 0 or less, a zero embedding) adds nothing to any set: it
 * is a null player. The game keeps the other, active players only, so that null players can change
 * nobody's credit, not even its last bit. The definition is our reading of the abstract of arXiv
 * 2605.11461. Immutable.
 */
public final class CoverageGame {
  private final int size;
  private final int[] active;
  private final SymmetricMatrix matrix;

  private CoverageGame(int size, int[] active, SymmetricMatrix matrix) {
    this.size = size;
    this.active = active;
    this.matrix = matrix;
  }

  /**
   * The game of n rollouts.
   *
   * @param similarity K [n, n], positive semi-definite, in [-1, 1]
   * @param rewards r [n], each at most 1e12
   * @param rewardExponent p in (0, 4]
   * @param alpha volume scale in (0, 1e6]
   */
  public static CoverageGame of(
      SymmetricMatrix similarity, Vector rewards, double rewardExponent, double alpha) {
    int size = rewards.size();
    if (similarity.size() != size) {
      throw new IllegalArgumentException(
          "similarity: " + similarity.size() + " rows (expected: " + size + ")");
    }
    Vector weights = Vector.of(size, i -> power(Math.max(0, rewards.get(i)), rewardExponent));
    SymmetricMatrix.Entry scaled =
        (i, j) -> alpha * (weights.get(i) * weights.get(j)) * similarity.get(i, j);
    int[] active = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (scaled.at(i, i) > 0) {
        active[count++] = i;
      }
    }
    int[] players = Arrays.copyOf(active, count);
    return new CoverageGame(
        size, players, SymmetricMatrix.of(count, (i, j) -> scaled.at(players[i], players[j])));
  }

  /** All players, null players included. */
  int size() {
    return size;
  }

  /** Players that are not null players. */
  public int activePlayers() {
    return active.length;
  }

  /** v of the whole team. */
  double teamValue(Volume volume) {
    return volume.of(matrix);
  }

  /** A over the active players. */
  SymmetricMatrix matrix() {
    return matrix;
  }

  /**
   * The values of all players from those of the active ones: null players get exactly 0,
   * interchangeable players the same bits.
   */
  Vector overAll(double[] activeValues) {
    double[] equalised = Interchangeable.of(matrix).average(activeValues);
    double[] all = new double[size];
    for (int k = 0; k < active.length; k++) {
      all[active[k]] = equalised[k];
    }
    return Vector.of(all);
  }

  private static double power(double base, double exponent) {
    if (exponent == 0.5) {
      return Math.sqrt(base);
    }
    return StrictMath.pow(base, exponent);
  }
}
