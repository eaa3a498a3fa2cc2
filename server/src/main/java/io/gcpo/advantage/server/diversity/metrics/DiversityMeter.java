// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.diversity.Clusters;
import io.gcpo.advantage.server.linalg.LogDeterminant;
import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;

/**
 * Measures the diversity of a set from its similarity kernel.
 *
 * <p>K_ii is taken as 1 throughout: a rollout with a zero embedding counts as one that is like no
 * other.
 */
public final class DiversityMeter {
  /** From this similarity on two rollouts are taken for one. */
  static final double SAME = 1 - 1e-6;

  private static final double NEGLIGIBLE_EIGENVALUE = 1e-12;
  private static final double LOG_2 = StrictMath.log(2);

  private DiversityMeter() {}

  /**
   * All metrics of a set. O(n^3).
   *
   * @param similarity K [n, n], positive semi-definite, in [-1, 1]
   */
  public static DiversityMetrics measure(SymmetricMatrix similarity) {
    int count = similarity.size();
    if (count == 0) {
      return DiversityMetrics.EMPTY;
    }
    SymmetricMatrix kernel = SymmetricMatrix.of(count, (i, j) -> i == j ? 1 : similarity.get(i, j));
    return new DiversityMetrics(
        count,
        vendiScore(kernel),
        meanPairwiseDistance(kernel),
        LogDeterminant.ofIdentityPlus(kernel) / LOG_2,
        Clusters.of(kernel, SAME).count());
  }

  /** exp of the Shannon entropy of the eigenvalues of K / n (arXiv 2210.02410, order 1). */
  private static double vendiScore(SymmetricMatrix kernel) {
    int count = kernel.size();
    Vector eigenvalues = SymmetricEigen.valuesOf(kernel);
    double entropy = 0;
    for (int k = 0; k < count; k++) {
      double share = eigenvalues.get(k) / count;
      if (share > NEGLIGIBLE_EIGENVALUE) {
        entropy -= share * StrictMath.log(share);
      }
    }
    return Math.max(1, Math.min(count, StrictMath.exp(entropy)));
  }

  private static double meanPairwiseDistance(SymmetricMatrix kernel) {
    int count = kernel.size();
    if (count == 1) {
      return 0;
    }
    double sum = 0;
    for (int i = 1; i < count; i++) {
      for (int j = 0; j < i; j++) {
        sum += 1 - kernel.get(i, j);
      }
    }
    return 2 * sum / ((double) count * (count - 1));
  }
}
