// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;

/**
 * The shares p_k = lam_k / n of the eigenvalues lam_k of a kernel K [n, n] with ones on its
 * diagonal, which sum to 1. Immutable.
 *
 * @param count n
 * @param shares ascending; those up to 1e-12, which rounding may have made, are left out
 */
record Spectrum(int count, Vector shares) {
  private static final double NEGLIGIBLE = 1e-12;

  /** O(n^3). */
  static Spectrum of(SymmetricMatrix kernel) {
    int count = kernel.size();
    Vector eigenvalues = SymmetricEigen.valuesOf(kernel);
    int left = 0;
    while (left < count && eigenvalues.get(left) / count <= NEGLIGIBLE) {
      left++;
    }
    int first = left;
    return new Spectrum(count, Vector.of(count - first, k -> eigenvalues.get(first + k) / count));
  }

  /** An effective number of rollouts, held in [1, n] against rounding; 0 for the empty set. */
  double bounded(double effectiveNumber) {
    return count == 0 ? 0 : Math.max(1, Math.min(count, effectiveNumber));
  }
}
