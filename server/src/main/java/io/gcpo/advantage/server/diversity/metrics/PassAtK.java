// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.OptionalDouble;

/** pass@k: the probability that at least one of k rollouts of a problem is correct. */
public final class PassAtK {
  private PassAtK() {}

  /**
   * The unbiased estimate from n rollouts of which c are correct, in [0, 1] (Chen et al. 2021,
   * arXiv 2107.03374, in the form of openai/human-eval):
   *
   * <pre>
   *   1 - C(n - c, k) / C(n, k) = 1 - prod_{i = n - c + 1 .. n} (1 - k / i),  1 where n - c &lt; k
   * </pre>
   *
   * <p>It never falls when c or k grows, not even by a last bit. O(c).
   *
   * @param n rollouts, >= 0
   * @param correct c in [0, n]
   * @param k >= 1
   * @return absent for k > n, where no unbiased estimate exists
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static OptionalDouble of(int n, int correct, int k) {
    if (n < 0) {
      throw new IllegalArgumentException("n: " + n + " (expected: >= 0)");
    }
    if (correct < 0 || correct > n) {
      throw new IllegalArgumentException("correct: " + correct + " (expected: in [0, " + n + "])");
    }
    if (k < 1) {
      throw new IllegalArgumentException("k: " + k + " (expected: >= 1)");
    }
    if (k > n) {
      return OptionalDouble.empty();
    }
    if (n - correct < k) {
      return OptionalDouble.of(1);
    }
    // From n down: one more correct rollout is one more factor behind the same product.
    double allWrong = 1;
    for (int i = n; i > n - correct; i--) {
      allWrong *= 1 - (double) k / i;
    }
    return OptionalDouble.of(1 - allWrong);
  }
}
