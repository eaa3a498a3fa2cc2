// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * {@code exp(-(1 - K) / t)}, entry by entry: a small t tells near duplicates apart, a large one
 * lets only opposites differ. Of {@link EmbeddingCosine} it is the Gaussian kernel of points on the
 * unit sphere, whose squared distance is 2 (1 - K), with a variance of t.
 *
 * <p>It is positive semi-definite: exp(K / t) is a power series in K with positive coefficients,
 * each power is positive semi-definite by Schur's theorem, and exp(-1 / t) is a positive factor
 * (Horn and Johnson, Matrix Analysis, 2nd ed., section 7.5).
 *
 * <p>It multiplies the rounding of K by up to 1 / t. The bound of {@link SimilarityKernel} holds
 * where the operations inside one another multiply rounding by 1e6 at most.
 *
 * @param kernel K
 * @param temperature t, in [1e-3, 1e3]
 */
public record TemperedKernel(SimilarityKernel kernel, double temperature)
    implements SimilarityKernel {
  private static final double MIN_TEMPERATURE = 1e-3;
  private static final double MAX_TEMPERATURE = 1e3;

  /** Throws {@link IllegalArgumentException} if the temperature is out of range. */
  public TemperedKernel {
    checkTemperature(temperature);
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
    return temper(kernel.of(rollouts), temperature);
  }

  static SymmetricMatrix temper(SymmetricMatrix matrix, double temperature) {
    return SymmetricMatrix.of(
        matrix.size(), (i, j) -> StrictMath.exp(-(1 - matrix.get(i, j)) / temperature));
  }

  static void checkTemperature(double temperature) {
    if (!(temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE)) {
      throw new IllegalArgumentException(
          "temperature: "
              + temperature
              + " (expected: in ["
              + MIN_TEMPERATURE
              + ", "
              + MAX_TEMPERATURE
              + "])");
    }
  }
}
