// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Set;

/**
 * The product of similarities, entry by entry: rollouts are similar where every factor says so.
 *
 * <p>It is positive semi-definite by the Schur product theorem: the entrywise product of positive
 * semi-definite matrices is one (Horn and Johnson, Matrix Analysis, 2nd ed., theorem 7.5.3).
 *
 * @param factors at least one
 */
public record ProductKernel(List<SimilarityKernel> factors) implements SimilarityKernel {

  /** Throws {@link IllegalArgumentException} if there is no factor. */
  public ProductKernel {
    factors = List.copyOf(factors);
    if (factors.isEmpty()) {
      throw new IllegalArgumentException("factors: 0 (expected: >= 1)");
    }
  }

  @Override
  public Set<KernelInput> inputs() {
    return KernelInput.unionOf(factors);
  }

  @Override
  public Set<TextFeatures> textFeatures() {
    return TextFeatures.unionOf(factors);
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    List<SymmetricMatrix> matrices = factors.stream().map(factor -> factor.of(rollouts)).toList();
    return SymmetricMatrix.of(
        rollouts.count(),
        (i, j) -> {
          double product = 1;
          for (SymmetricMatrix matrix : matrices) {
            product *= matrix.get(i, j);
          }
          return product;
        });
  }
}
