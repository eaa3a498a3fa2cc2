// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.linalg.LogOnePlus;
import io.gcpo.advantage.server.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * A closed-form guess of what each player adds, in LOGDET, to a random set of others of one size: a
 * part that is the same for all such sets, and an effect of each other player that is in the set.
 * Immutable.
 */
final class MeanField {
  /*
   * A random set holds each other player with probability q. In its place all players are present
   * at once, each with the weight x: with G = A (I + x A)^-1 and its own weight removed again, the
   * conditional volume of i is c_i = G_ii / (1 - x G_ii).
   *
   * x is less than q: of what a player takes away from the others, the first half of its weight
   * takes the most. A player of conditional volume c leaves 1/(1 + c) of its direction to the others
   * if it is there and all of it if not; a weight x leaves 1/(1 + x c). The two agree on average where
   *
   *   q/(1 + c) + (1 - q) = 1/(1 + x c),   that is   x = q/(1 + (1 - q) c)
   *
   * (the cavity argument of statistical physics). One x for all, from the mean over the players, is
   * good enough, and lets a single eigendecomposition serve every q.
   *
   * The effect of j on i is the change of log(1 + c_i) from j with weight 0 to j with weight 1, all
   * others at x. With both players' own weights removed by way of the 2 x 2 block of G, and
   * y = 1 - x, it comes out symmetric and free of cancellation:
   *
   *   -log(1 + G_ij^2 / ((a_i a_j - y^2 G_ij^2) (b_i b_j - x^2 G_ij^2))),  a = 1 + y G_ii, b = 1 - x G_ii
   *
   * Derived here, and checked against sampling: it is a guess, and whoever uses it must not depend on
   * its being right.
   */
  private static final int STEPS = 8;

  /** Keeps a difference of equal products from rounding below 0. */
  private static final double ROUNDING = 0x1p-44;

  private final double[] marginals;
  private final double[][] effects;
  private final double[] meanEffects;

  private MeanField(double[] marginals, double[][] effects) {
    this.marginals = marginals;
    this.effects = effects;
    meanEffects = new double[marginals.length];
    for (int i = 0; i < marginals.length; i++) {
      double sum = 0;
      for (double effect : effects[i]) {
        sum += effect;
      }
      meanEffects[i] = sum / Math.max(1, marginals.length - 1);
    }
  }

  /**
   * The guess for sets that hold each other player with probability q. O(n^3).
   *
   * @param eigen of A [n, n], positive semi-definite to rounding
   */
  static MeanField of(SymmetricEigen eigen, double q) {
    int players = eigen.values().size();
    double x = q;
    double[] kept = new double[players];
    double[] diagonal = new double[players];
    for (int step = 0; step < STEPS; step++) {
      fillDiagonals(eigen, x, diagonal, kept);
      x = 0;
      for (int i = 0; i < players; i++) {
        x += q / (1 + (1 - q) * (diagonal[i] / kept[i])) / players;
      }
    }
    fillDiagonals(eigen, x, diagonal, kept);
    double[] marginals = new double[players];
    for (int i = 0; i < players; i++) {
      marginals[i] = LogOnePlus.of(diagonal[i] / kept[i]);
    }
    return new MeanField(marginals, effects(resolvent(eigen, x), x, diagonal, kept));
  }

  /** What the player adds to any set, less the mean of all effects: the expectation over sets. */
  double marginal(int player) {
    return marginals[player];
  }

  /** What the player adds to the set of the first {@code size} players of an order. */
  double marginal(int player, int[] order, int size) {
    double[] row = effects[player];
    double sum = 0;
    for (int k = 0; k < size; k++) {
      sum += row[order[k]];
    }
    return marginals[player] + (sum - size * meanEffects[player]);
  }

  /** G_ii and 1 - x G_ii, both as sums of terms >= 0. */
  private static void fillDiagonals(
      SymmetricEigen eigen, double x, double[] diagonal, double[] kept) {
    int players = diagonal.length;
    Arrays.fill(diagonal, 0);
    Arrays.fill(kept, 0);
    for (int k = 0; k < players; k++) {
      Interruption.check();
      double eigenvalue = Math.max(0, eigen.values().get(k));
      double inverse = 1 / (1 + x * eigenvalue);
      for (int i = 0; i < players; i++) {
        double part = eigen.component(i, k) * eigen.component(i, k) * inverse;
        kept[i] += part;
        diagonal[i] += part * eigenvalue;
      }
    }
  }

  /** G [n][n]. */
  private static double[][] resolvent(SymmetricEigen eigen, double x) {
    int players = eigen.values().size();
    double[][] resolvent = new double[players][players];
    for (int k = 0; k < players; k++) {
      Interruption.check();
      double eigenvalue = Math.max(0, eigen.values().get(k));
      double[] vector = eigen.vector(k);
      for (int i = 0; i < players; i++) {
        double[] row = resolvent[i];
        double factor = vector[i] * (eigenvalue / (1 + x * eigenvalue));
        for (int j = 0; j < players; j++) {
          row[j] += factor * vector[j];
        }
      }
    }
    return resolvent;
  }

  private static double[][] effects(
      double[][] resolvent, double x, double[] diagonal, double[] kept) {
    int players = diagonal.length;
    double y = 1 - x;
    for (int i = 0; i < players; i++) {
      Interruption.check();
      resolvent[i][i] = 0;
      for (int j = 0; j < i; j++) {
        double square = resolvent[i][j] * resolvent[i][j];
        double present = (1 + y * diagonal[i]) * (1 + y * diagonal[j]);
        double absent = kept[i] * kept[j];
        double effect =
            -LogOnePlus.of(
                square
                    / (Math.max(ROUNDING * present, present - y * y * square)
                        * Math.max(ROUNDING * absent, absent - x * x * square)));
        resolvent[i][j] = effect;
        resolvent[j][i] = effect;
      }
    }
    return resolvent;
  }
}
