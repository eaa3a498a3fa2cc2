// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.linalg.LogOnePlus;
import io.gcpo.advantage.server.linalg.SchurComplement;

/**
 * The depth-first walk over all sets S of the players of a game, LOGDET of the matrix A. Sets that
 * differ only in which copies of a rollout they hold are one step. Used once, by one thread.
 */
final class SubsetWalk {
  /*
   * A set grows by k copies of one type at a time, in the order of the types: the children of S are
   * S + k t for all types t behind its last one. A set at depth d of the tree keeps the matrix of the
   * types behind its last one *given* S, the Schur complement, in slot d. With e_t, the conditional
   * volume of t, as its diagonal,
   *
   *   v(S + k t) = v(S) + log(1 + k e_t)
   *
   * and one step of elimination gives the matrix given S + k t. The last two types need no matrix,
   * only the conditional volume of the last one: they are done where the matrix of both is at hand,
   * and that is three quarters of the tree where no rollout has a copy. So the logarithms are half of
   * the cost.
   *
   * A step stands for C(m_t, k) choices of copies, a set for the product over its types, and k of m_t
   * players of type t are in it. The sum of a type over the sets that hold it is the sum over the
   * subtrees that it heads: each subtree returns its sum and nothing is tabled.
   */
  /** One or no type without players in front, so that there always are two types. */
  private final int padding;

  private final int types;
  private final int[] multiplicities;
  private final double[][] choices;
  private final double[][][] given;
  private final double[] weights;

  /** For each type the sum of k times the weighted values of the sets with k of it. */
  private final double[] sums;

  private double total;

  private SubsetWalk(PlayerTypes players, double[] weights) {
    this.weights = weights;
    padding = players.count() == 1 ? 1 : 0;
    types = padding + players.count();
    multiplicities = new int[types];
    choices = new double[types][];
    choices[0] = binomials(0);
    // A set at depth d has passed d types.
    given = new double[types - 1][types][];
    for (int depth = 0; depth < types - 1; depth++) {
      for (int row = depth; row < types; row++) {
        given[depth][row] = new double[types];
      }
    }
    for (int row = 0; row < players.count(); row++) {
      int type = padding + row;
      multiplicities[type] = players.multiplicity(row);
      choices[type] = binomials(multiplicities[type]);
      for (int column = row; column < players.count(); column++) {
        given[0][type][padding + column] = players.matrix().get(row, column);
      }
    }
    sums = new double[types];
  }

  /**
   * Visits all sets.
   *
   * @param players 1 to 1,024 of them
   * @param weights of a set by its size, from {@link SetWeights}
   */
  static SubsetWalk over(PlayerTypes players, double[] weights) {
    SubsetWalk walk = new SubsetWalk(players, weights);
    int exponent = SetWeights.exponent(players.players());
    walk.total = walk.visit(0, 0, 0, Math.scalb(1.0, -exponent), 0);
    return walk;
  }

  /** The weighted sum of v over the sets with a certain player of the type. */
  double sumWith(int type) {
    return sums[padding + type] / multiplicities[padding + type];
  }

  /** The weighted sum of v over all sets. */
  double sumOfAll() {
    return total;
  }

  /**
   * Returns the weighted sum of v over the proper supersets of S below it in the tree.
   *
   * @param first the type behind the last one of S
   * @param size players of S
   * @param ways in which copies make S
   */
  private double visit(int depth, int first, int size, double ways, double value) {
    Interruption.check();
    double[][] matrix = given[depth];
    int lastButOne = types - 2;
    double subtrees = 0;
    for (int type = first; type < lastButOne; type++) {
      double volume = matrix[type][type];
      for (int k = 1; k <= multiplicities[type]; k++) {
        double childValue = value + LogOnePlus.of(k * volume);
        double childWays = ways * choices[type][k];
        SchurComplement.condition(matrix, given[depth + 1], type, k);
        double subtree =
            childWays * weights[size + k] * childValue
                + visit(depth + 1, type + 1, size + k, childWays, childValue);
        sums[type] += k * subtree;
        subtrees += subtree;
      }
    }
    int last = types - 1;
    double volume = matrix[lastButOne][lastButOne];
    double lastVolume = matrix[last][last];
    // The determinant of the two; rounding must not take it below 0, as in SchurComplement.
    double product = volume * lastVolume;
    double coupling = matrix[lastButOne][last];
    double unshared = product - Math.min(product, coupling * coupling);
    return multiplicities[last] == 1 && multiplicities[lastButOne] == 1
        ? subtrees + visitLastTwo(size, ways, value, volume, lastVolume, unshared)
        : subtrees + visitLastTwoTypes(size, ways, value, volume, lastVolume, unshared);
  }

  /** The sets that add one or both of the last two players to S. */
  private double visitLastTwo(
      int size, double ways, double value, double volume, double lastVolume, double unshared) {
    double valueWith = value + LogOnePlus.of(volume);
    double valueWithLast = value + LogOnePlus.of(lastVolume);
    double valueWithBoth = valueWith + LogOnePlus.of((lastVolume + unshared) / (1 + volume));
    double weight = ways * weights[size + 1];
    double both = ways * weights[size + 2] * valueWithBoth;
    sums[types - 2] += weight * valueWith + both;
    sums[types - 1] += weight * valueWithLast + both;
    return weight * (valueWith + valueWithLast) + both;
  }

  /** The same for the copies of the last two types. */
  private double visitLastTwoTypes(
      int size, double ways, double value, double volume, double lastVolume, double unshared) {
    double subtrees = 0;
    for (int k = 0; k <= multiplicities[types - 2]; k++) {
      double childValue = value + LogOnePlus.of(k * volume);
      double childWays = ways * choices[types - 2][k];
      double left = (lastVolume + k * unshared) / (1 + k * volume);
      double subtree = k == 0 ? 0 : childWays * weights[size + k] * childValue;
      for (int copies = 1; copies <= multiplicities[types - 1]; copies++) {
        double leaf =
            childWays
                * choices[types - 1][copies]
                * weights[size + k + copies]
                * (childValue + LogOnePlus.of(copies * left));
        sums[types - 1] += copies * leaf;
        subtree += leaf;
      }
      sums[types - 2] += k * subtree;
      subtrees += subtree;
    }
    return subtrees;
  }

  /** C(m, k) for k = 0 ... m. */
  private static double[] binomials(int m) {
    double[] binomials = new double[m + 1];
    double binomial = 1;
    for (int k = 0; k <= m; k++) {
      binomials[k] = binomial;
      // The quotient first: C(1024, 512) is near the largest double.
      binomial *= (double) (m - k) / (k + 1);
    }
    return binomials;
  }
}
