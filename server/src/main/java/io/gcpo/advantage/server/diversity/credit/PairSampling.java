// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * The mean of a stream of estimates and its standard error, over as many blocks as the plan asks
 * for. Interchangeable players share their estimates. Used once, by one thread.
 */
final class PairSampling {
  private static final int PAIRS_PER_BLOCK = 16;
  static final int SAMPLES_PER_BLOCK = 2 * PAIRS_PER_BLOCK;

  /** Samples times n^3: ten seconds at most, where even a few samples of many players are long. */
  private static final long MAX_WORK = 1L << 36;

  /** Beside the largest value, a standard error that rounding alone explains. */
  private static final double ROUNDING = 0x1p-44;

  private final double[] means;

  /** Sums of squared distances from the mean. */
  private final double[] squares;

  private int pairs;

  private PairSampling(int players) {
    means = new double[players];
    squares = new double[players];
  }

  static PairSampling run(PairSource source, CoverageGame game, CreditPlan plan) {
    Interchangeable classes = Interchangeable.of(game.matrix());
    PairSampling sampling = new PairSampling(game.activePlayers());
    long blocks = maxBlocks(game.activePlayers(), plan.maxSamples());
    for (long block = 0; block < blocks && !sampling.isWithin(plan.errorBudget()); block++) {
      for (double[] estimates : source.next(PAIRS_PER_BLOCK)) {
        sampling.add(classes.average(estimates));
      }
    }
    return sampling;
  }

  /** At least one. */
  static long maxBlocks(long players, int maxSamples) {
    long samples = Math.min(maxSamples, MAX_WORK / (players * players * players));
    return Math.max(1, samples / SAMPLES_PER_BLOCK);
  }

  /** [n]. */
  double[] means() {
    return means.clone();
  }

  /** The result with these values of the active players. */
  CreditShares shares(CoverageGame game, double[] values, double teamValue) {
    return new CreditShares(
        game.overAll(values),
        teamValue,
        CreditMethod.SAMPLED,
        2 * pairs,
        game.overAll(standardErrors()));
  }

  /** Welford's update: no difference of large sums. */
  private void add(double[] estimates) {
    pairs++;
    for (int i = 0; i < means.length; i++) {
      double distance = estimates[i] - means[i];
      means[i] += distance / pairs;
      squares[i] += distance * (estimates[i] - means[i]);
    }
  }

  private boolean isWithin(double errorBudget) {
    if (pairs == 0) {
      return false;
    }
    Vector values = Vector.of(means);
    double largestError = Vector.of(standardErrors()).max();
    double spread = values.max() - values.min();
    return largestError <= Math.max(errorBudget * spread, ROUNDING * values.max());
  }

  /** Of the means: the standard deviation of a pair over the square root of their number. */
  private double[] standardErrors() {
    double[] errors = new double[squares.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.sqrt(squares[i] / (pairs - 1.0) / pairs);
    }
    return errors;
  }
}
