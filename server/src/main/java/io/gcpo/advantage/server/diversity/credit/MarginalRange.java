// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.ConditionalDiagonal;
import io.gcpo.advantage.server.linalg.LogOnePlus;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The least and the most that a player adds to any set of others. Every average of its marginal
 * contributions lies between. Immutable.
 *
 * <p>Both ends have full relative precision, where a difference of large values has none: a player
 * of weight 1e-30 beside others of weight 1 keeps the right order of magnitude.
 */
final class MarginalRange {
  private final double[] least;
  private final double[] most;

  private MarginalRange(double[] least, double[] most) {
    this.least = least;
    this.most = most;
  }

  /**
   * Of LOGDET, where returns diminish: log(1 + c_i), with c_i the volume of i given all others, to
   * log(1 + A_ii). The diagonal of log(I + A) lies between as well, by Jensen's inequality. O(n^3).
   */
  static MarginalRange ofLogDet(SymmetricMatrix matrix) {
    double[] least = ConditionalDiagonal.of(matrix.toRows());
    double[] most = new double[least.length];
    for (int i = 0; i < least.length; i++) {
      most[i] = LogOnePlus.of(matrix.get(i, i));
      least[i] = Math.min(most[i], LogOnePlus.of(least[i]));
    }
    return new MarginalRange(least, most);
  }

  /**
   * Of DET, where returns grow, as parts of det(I + A): A_ii / det(I + A) to c_i / (1 + c_i).
   * O(n^3).
   *
   * @param teamValue det(I + A) - 1
   */
  static MarginalRange ofDet(SymmetricMatrix matrix, double teamValue) {
    double[] most = ConditionalDiagonal.of(matrix.toRows());
    double[] least = new double[most.length];
    for (int i = 0; i < least.length; i++) {
      least[i] = matrix.get(i, i) / (1 + teamValue);
      most[i] = Math.max(least[i], most[i] / (1 + most[i]));
    }
    return new MarginalRange(least, most);
  }

  /** The values [n] moved into the range where rounding or sampling left it. */
  double[] clamp(double[] values) {
    double[] clamped = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      clamped[i] = Math.min(most[i], Math.max(least[i], values[i]));
    }
    return clamped;
  }

  /**
   * The same for values that sum to {@code sum}, up to rounding, and still do so afterwards: what
   * the move has changed of the sum is made good by all players, each in proportion to its distance
   * from the end.
   */
  double[] clampToSum(double[] values, double sum) {
    double[] clamped = clamp(values);
    double total = 0;
    for (double value : clamped) {
      total += value;
    }
    double[] ends = total > sum ? least : most;
    double distance = 0;
    for (int i = 0; i < clamped.length; i++) {
      distance += ends[i] - clamped[i];
    }
    double fraction = distance == 0 ? 0 : Math.min(1, (sum - total) / distance);
    for (int i = 0; i < clamped.length; i++) {
      clamped[i] += fraction * (ends[i] - clamped[i]);
    }
    // The ends hold the sum between them, but for rounding where a volume has no correct digit.
    return scaledToSum(clamped, sum);
  }

  /** The values, all >= 0, times what makes them sum to {@code sum}; 0 where all are. */
  static double[] scaledToSum(double[] values, double sum) {
    double total = 0;
    for (double value : values) {
      total += value;
    }
    double[] scaled = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = total > 0 ? sum * (values[i] / total) : 0;
    }
    return scaled;
  }
}
