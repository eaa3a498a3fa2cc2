// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What rollouts are worth to the best of k drawn from n, over all C(n, k) subsets at once. The
 * binomials appear as running products of ratios only, so nothing overflows for any n and k.
 */
final class BestOfSubsets {
  private BestOfSubsets() {}

  /**
   * Scores [n]: (1 / C(n, k)) times the sum over the subsets I of size k that contain i of max(g,
   * I), or of max(g, I) - max(g, I without i). The gains g are the rewards, shifted up by the
   * smallest if that is negative: the best of no rollout is 0. Zeros for k > n. O(n log n).
   *
   * <p>In ascending order of gain, with p_j = C(j, k-1) / C(n, k) the share of the subsets whose
   * best is j, neighbours differ by
   *
   * <pre>
   *   PLAIN                    s_j - s_(j-1) = (g_j - g_(j-1)) p_(j-1)
   *   LEAVE_ONE_OUT_MINUS_ONE  s_j - s_(j-1) = (g_j - g_(j-1)) p_j
   * </pre>
   *
   * so that all terms are at least 0 and equal rewards score equal, bit by bit.
   */
  static Vector scores(Vector rewards, int k, PkpoVariant variant) {
    int n = rewards.size();
    if (k > n) {
      return Vector.zero(n);
    }
    int[] ascending =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(rewards::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] shares = shares(n, k);
    double smallest = Math.max(0, rewards.min());
    double score = smallest * shares[0];
    if (variant == PkpoVariant.PLAIN) {
      // C(j-1, k-2) / C(n, k): the subsets whose best is j and that contain the worst rollout.
      for (int j = 1; j < n; j++) {
        double gain = smallest + (rewards.get(ascending[j]) - rewards.min());
        score += gain * shares[j] * (k - 1) / j;
      }
    }
    double[] scores = new double[n];
    scores[ascending[0]] = score;
    for (int j = 1; j < n; j++) {
      double step = rewards.get(ascending[j]) - rewards.get(ascending[j - 1]);
      score += step * shares[variant == PkpoVariant.PLAIN ? j - 1 : j];
      scores[ascending[j]] = score;
    }
    return Vector.of(scores);
  }

  /** p [n] with p_j = C(j, k-1) / C(n, k), for 1 <= k <= n; they sum to 1. */
  static double[] shares(int n, int k) {
    double[] shares = new double[n];
    shares[n - 1] = (double) k / n;
    for (int j = n - 1; j >= k; j--) {
      shares[j - 1] = shares[j] * (j - k + 1) / j;
    }
    return shares;
  }
}
