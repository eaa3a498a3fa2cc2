// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;

/**
 * The linear kernel of L2-normalised embeddings: K_ij is the cosine of embeddings i and j.
 *
 * <p>A zero vector stays zero: it is similar to nothing, not even to itself (K_ii = 0).
 */
public final class CosineKernel {
  private CosineKernel() {}

  /**
   * K [n, n] of embeddings [n, d], with values in [-1, 1], computed in double precision.
   *
   * <p>K_ij depends on rows i and j alone, to the bit; it is exactly 1 for equal non-zero rows.
   * O(n^2 d).
   */
  public static SymmetricMatrix of(FloatMatrix embeddings) {
    Vector squaredNorms = Vector.of(embeddings.rows(), i -> embeddings.dot(i, i));
    return SymmetricMatrix.of(
        embeddings.rows(),
        (i, j) -> cosine(embeddings.dot(i, j), squaredNorms.get(i), squaredNorms.get(j)));
  }

  /**
   * {@code dot / sqrt(squaredNorm * otherSquaredNorm)}, held in [-1, 1] against rounding; 0 with a
   * zero vector; exactly 1 where the three are equal, if their square does not underflow.
   */
  static double cosine(double dot, double squaredNorm, double otherSquaredNorm) {
    double product = squaredNorm * otherSquaredNorm;
    if (product == 0) {
      return 0;
    }
    // One root of the product, not two roots: the root of a square is exact.
    return Math.max(-1, Math.min(1, dot / Math.sqrt(product)));
  }
}
