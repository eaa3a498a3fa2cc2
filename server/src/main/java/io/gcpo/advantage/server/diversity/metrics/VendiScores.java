// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.Vector;

/**
 * The Vendi score of order q, the effective number of dissimilar rollouts: the exponential of
 * Renyi's entropy H_q of the shares p_k = lam_k / n of the eigenvalues of K, taken with K_ii = 1
 * (arXiv 2210.02410 for q = 1, 2310.12952 for the other orders):
 *
 * <pre>
 *   VS_q = (sum p_k^q)^(1 / (1 - q)),  VS_1 = exp(-sum p_k ln p_k),  VS_inf = 1 / max p_k
 * </pre>
 *
 * <p>A smaller order gives rare kinds more weight: {@code 1 <= VS_inf <= VS_2 <= VS_1 <= VS_0.5 <=
 * n}, to rounding. VS_2 = n^2 / |K|_F^2. Shares up to 1e-12 are left out; each takes at most 1e-6
 * from the root of VS_0.5 and nothing to speak of from the others.
 *
 * @param orderHalf VS_0.5, in [1, n]
 * @param orderOne VS_1, in [1, n]
 * @param orderTwo VS_2, in [1, n]
 * @param orderInfinity VS_inf, in [1, n]
 */
public record VendiScores(
    double orderHalf, double orderOne, double orderTwo, double orderInfinity) {

  /** Of the empty set: all 0. */
  static VendiScores of(Spectrum spectrum) {
    Vector shares = spectrum.shares();
    double roots = 0;
    double squares = 0;
    for (int k = 0; k < shares.size(); k++) {
      roots += Math.sqrt(shares.get(k));
      squares += shares.get(k) * shares.get(k);
    }
    return new VendiScores(
        spectrum.bounded(roots * roots),
        spectrum.bounded(StrictMath.exp(ShannonEntropy.of(shares))),
        spectrum.bounded(1 / squares),
        spectrum.bounded(1 / shares.max()));
  }
}
