// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SchurComplement;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The depth-first walk over all subsets S of the players of a coverage game with matrix A = alpha
 * L. Used once, by one thread.
 */
final class SubsetWalk {
  /*
   * A set grows by one player at a time, in ascending order: the children of S are S + j for all j
   * behind its last player. A set of size s keeps the matrix of the players behind its last one
   * *given* S, the Schur complement A_ij - A_iS (I + A_SS)^-1 A_Sj, in slot s. With e_j, the
   * conditional volume of j, as its diagonal,
   *
   *   v(S + j) = v(S) + log(1 + e_j)
   *
   * and one step of elimination gives the matrix given S + j. Half of all sets end with the last
   * player and need no matrix, a quarter need one entry, and so on: about two entries a set, whatever
   * n. So the 2^n logarithms are the cost.
   *
   * A player's sum over the sets that contain it is the sum over the subtrees that it heads: each
   * subtree returns its sum and nothing is tabled.
   *
   * log1p keeps the relative precision of small volumes; StrictMath gives the same bits everywhere.
   */
  private final int players;
  private final double[][] given;
  private final double[] weights;
  private final double[] sums;
  private double teamValue;

  SubsetWalk(SymmetricMatrix volume) {
    players = volume.size();
    given = new double[players][players * players];
    given[0] = volume.toArray();
    weights = weights(players);
    sums = new double[players];
  }

  /** Visits all sets. */
  void run() {
    visit(0, 0, 0);
  }

  /** For each player i [n] the sum of v(S) (w(|S|-1) + w(|S|)) over the sets S with i. */
  double[] sumsPerPlayer() {
    return sums.clone();
  }

  /** v of all players. */
  double teamValue() {
    return teamValue;
  }

  /** Returns the weighted sum of v over the proper supersets of S below it in the tree. */
  private double visit(int size, int first, double value) {
    double[] matrix = given[size];
    double total = 0;
    int last = players - 1;
    for (int j = first; j <= last; j++) {
      double childValue = value + StrictMath.log1p(matrix[j * players + j]);
      double subtree = weights[size + 1] * childValue;
      if (j < last) {
        SchurComplement.condition(matrix, given[size + 1], players, j);
        subtree += visit(size + 1, j + 1, childValue);
      } else if (size == last) {
        teamValue = childValue;
      }
      sums[j] += subtree;
      total += subtree;
    }
    return total;
  }

  /** w(s-1) + w(s) for s = 1 ... n, with w(s) = 1/(n C(n-1,s)) and w(n) = 0. */
  private static double[] weights(int players) {
    double[] weights = new double[players + 1];
    double binomial = 1;
    for (int s = 0; s < players; s++) {
      double weight = 1 / (players * binomial);
      weights[s] += weight;
      weights[s + 1] += weight;
      binomial = binomial * (players - 1 - s) / (s + 1);
    }
    return weights;
  }
}
