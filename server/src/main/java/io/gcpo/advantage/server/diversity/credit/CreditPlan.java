// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/**
 * How to share the value of a team. All but the first two matter only to SHAPLEY and BANZHAF of
 * LOGDET, the pairs without an exact algorithm of polynomial time; there they say how far to
 * enumerate and how long to sample.
 *
 * @param volume what a set is worth
 * @param allocation how a value is shared; defined for {@code volume}
 * @param exactLimit in [0, 24]: up to 2^exactLimit sets are enumerated, above it values are
 *     sampled; sets that differ only in which copies of a rollout they hold count once
 * @param errorBudget in [0, 1]: sampling ends once no standard error is more than this part of the
 *     spread (largest less smallest) of the shares
 * @param maxSamples in [32, 2^20], where sampling ends in any case; samples are drawn in blocks of
 *     32
 * @param seed of the samples: equal games and plans give equal shares, bit by bit
 */
public record CreditPlan(
    Volume volume,
    Allocation allocation,
    int exactLimit,
    double errorBudget,
    int maxSamples,
    int seed) {
  /** Each one more doubles the time; docs/benchmarks.md has that of 20. */
  public static final int MAX_EXACT_LIMIT = 24;

  /** One block. */
  public static final int MIN_SAMPLES = PairSampling.SAMPLES_PER_BLOCK;

  /** More than any budget needs. */
  public static final int MAX_SAMPLES = 1 << 20;

  public CreditPlan {
    if (!allocation.isDefinedFor(volume)) {
      throw new IllegalArgumentException(
          "allocation: " + allocation + " (expected: one that is defined for " + volume + ")");
    }
    requireRange("exactLimit", exactLimit, 0, MAX_EXACT_LIMIT);
    if (!(errorBudget >= 0 && errorBudget <= 1)) {
      throw new IllegalArgumentException("errorBudget: " + errorBudget + " (expected: 0 to 1)");
    }
    requireRange("maxSamples", maxSamples, MIN_SAMPLES, MAX_SAMPLES);
  }

  /** Whether a game with this many sets to tell apart is enumerated. */
  boolean enumerates(double sets) {
    return sets <= Math.scalb(1.0, exactLimit);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + min + " to " + max + ")");
    }
  }
}
