// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

/**
 * How different the rollouts of a set are from each other; all values are 0 for the empty set.
 *
 * @param count n
 * @param vendiScore in [1, n]: exp of the Shannon entropy of the eigenvalues of K / n (arXiv
 *     2210.02410)
 * @param meanPairwiseDistance in [0, 2]: mean of 1 - K_ij over i != j; 0 for n = 1
 * @param effectiveCount in [log2(1 + n), n]: log det(I + K) / log 2
 * @param distinct in [1, n]: rollouts left when those with K_ij >= 1 - 1e-6 are taken for one
 */
public record DiversityMetrics(
    int count,
    double vendiScore,
    double meanPairwiseDistance,
    double effectiveCount,
    int distinct) {
  /** Of the empty set. */
  public static final DiversityMetrics EMPTY = new DiversityMetrics(0, 0, 0, 0, 0);
}
