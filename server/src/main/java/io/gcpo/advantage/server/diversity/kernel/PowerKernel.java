// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * A whole power of a similarity, entry by entry: it leaves 1 as it is and lowers what is below.
 *
 * <p>It is positive semi-definite by the Schur product theorem, being a product of equal factors
 * (Horn and Johnson, Matrix Analysis, 2nd ed., theorem 7.5.3). A broken power need not be, so there
 * is none.
 *
 * @param kernel K
 * @param exponent in [1, 64]
 */
public record PowerKernel(SimilarityKernel kernel, int exponent) implements SimilarityKernel {
  /** The largest exponent. */
  public static final int MAX_EXPONENT = 64;

  /** Throws {@link IllegalArgumentException} if the exponent is out of range. */
  public PowerKernel {
    if (exponent < 1 || exponent > MAX_EXPONENT) {
      throw new IllegalArgumentException(
          "exponent: " + exponent + " (expected: in [1, " + MAX_EXPONENT + "])");
    }
  }

  @Override
  public Set<KernelInput> inputs() {
    return kernel.inputs();
  }

  @Override
  public Set<TextFeatures> textFeatures() {
    return kernel.textFeatures();
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    SymmetricMatrix matrix = kernel.of(rollouts);
    return SymmetricMatrix.of(matrix.size(), (i, j) -> StrictMath.pow(matrix.get(i, j), exponent));
  }
}
