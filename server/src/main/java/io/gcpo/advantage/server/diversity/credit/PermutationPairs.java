// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.linalg.LogOnePlus;
import io.gcpo.advantage.server.linalg.SchurComplement;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * Estimates of Shapley values of LOGDET: what each player adds to those before it, in a random
 * order and in its reverse. Confined to one thread.
 */
final class PermutationPairs implements PairSource {
  /*
   * Four things keep the variance of a pair small; none of them makes it wrong.
   *
   * - The reverse: in a game in which players interact in pairs only, the pair's mean is exact.
   * - The control: not the marginal is averaged but how far it is from a guess of known mean.
   * - What is left depends most on how many players came before, and much alike for all of them. A
   *   pair gives a player its positions s and n - 1 - s; from its distance the mean distance at
   *   these positions is subtracted, taken over the players that held them in the other pairs of the
   *   block: independent of this pair, and of the same mean for every player. Among rollouts that
   *   are all about equally alike, nearly all of the variance goes with it.
   * - That mean is unknown but common, and so is every other common error: the values sum to v(N).
   *
   * One elimination in the order of arrival gives all n marginals: O(n^3 / 6).
   */
  private final double[][] matrix;
  private final double[][] ordered;
  private final double teamValue;
  private final ShapleyControl control;
  private final double[] expectations;
  private final SeededNumbers numbers;

  PermutationPairs(SymmetricMatrix matrix, double teamValue, int seed) {
    this.matrix = matrix.toRows();
    this.teamValue = teamValue;
    ordered = new double[matrix.size()][matrix.size()];
    control = ShapleyControl.of(matrix);
    expectations = new double[matrix.size()];
    for (int i = 0; i < expectations.length; i++) {
      Interruption.check();
      expectations[i] = control.expectation(i);
    }
    numbers = new SeededNumbers(seed);
  }

  @Override
  public double[][] next(int pairs) {
    int[][] orders = new int[pairs][];
    double[][] distances = new double[pairs][matrix.length];
    for (int pair = 0; pair < pairs; pair++) {
      orders[pair] = numbers.nextOrder(matrix.length);
      addDistances(orders[pair], distances[pair]);
      addDistances(reversed(orders[pair]), distances[pair]);
    }
    double[][] estimates = withoutPositions(orders, distances);
    for (double[] estimate : estimates) {
      complete(estimate);
    }
    return estimates;
  }

  /** Adds half of how far each player's marginal contribution is from the guess. */
  private void addDistances(int[] order, double[] distances) {
    int players = order.length;
    for (int i = 0; i < players; i++) {
      for (int k = i; k < players; k++) {
        ordered[i][k] = matrix[order[i]][order[k]];
      }
    }
    SchurComplement.eliminate(ordered);
    for (int i = 0; i < players; i++) {
      Interruption.check();
      double marginal = LogOnePlus.of(ordered[i][i]);
      distances[order[i]] += (marginal - control.guess(order, i)) / 2;
    }
  }

  /** The distances less the mean distance at their two positions in the other pairs. */
  private static double[][] withoutPositions(int[][] orders, double[][] distances) {
    int players = orders[0].length;
    double[] sums = new double[players];
    for (int pair = 0; pair < orders.length; pair++) {
      for (int i = 0; i < players; i++) {
        sums[i] += ofBoth(orders[pair], distances[pair], i);
      }
    }
    double[][] rest = new double[orders.length][players];
    for (int pair = 0; pair < orders.length; pair++) {
      for (int i = 0; i < players; i++) {
        double others = sums[i] - ofBoth(orders[pair], distances[pair], i);
        int player = orders[pair][i];
        rest[pair][player] = distances[pair][player] - others / (orders.length - 1);
      }
    }
    return rest;
  }

  /** The mean distance of the two players that hold a position, in the order and in its reverse. */
  private static double ofBoth(int[] order, double[] distances, int position) {
    return (distances[order[position]] + distances[order[order.length - 1 - position]]) / 2;
  }

  /** Adds the mean of the guess, and to all the same so that they sum to v(N). */
  private void complete(double[] estimate) {
    double sum = 0;
    for (int i = 0; i < estimate.length; i++) {
      estimate[i] += expectations[i];
      sum += estimate[i];
    }
    double common = (teamValue - sum) / estimate.length;
    for (int i = 0; i < estimate.length; i++) {
      estimate[i] += common;
    }
  }

  private static int[] reversed(int[] order) {
    int[] reversed = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      reversed[i] = order[order.length - 1 - i];
    }
    return reversed;
  }
}
