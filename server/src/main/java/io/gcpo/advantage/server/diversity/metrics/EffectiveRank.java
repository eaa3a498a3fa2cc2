// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * The effective rank of Roy and Vetterli (EUSIPCO 2007): exp of the Shannon entropy of sigma_k /
 * sum sigma, where sigma_k are the singular values of the matrix of unit embeddings, the square
 * roots of the eigenvalues of K (K_ii = 1).
 *
 * <p>In [1, rank of K], and at least {@link VendiScores#orderHalf}, to rounding. Eigenvalues up to
 * 1e-12 n are left out; each moves it by at most about 2e-5 of its value.
 */
final class EffectiveRank {
  private EffectiveRank() {}

  /** In [1, n]; 0 for the empty set. */
  static double of(Spectrum spectrum) {
    Vector shares = spectrum.shares();
    Vector roots = Vector.of(shares.size(), k -> Math.sqrt(shares.get(k)));
    double sum = roots.sum();
    return spectrum.bounded(
        StrictMath.exp(ShannonEntropy.of(Vector.of(roots.size(), k -> roots.get(k) / sum))));
  }
}
