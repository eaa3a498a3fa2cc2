// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * The cosine of two embeddings, see {@link CosineKernel}. A zero embedding is similar to nothing,
 * itself included.
 *
 * <p>It is positive semi-definite: K = X X' for the matrix X of normalised embeddings, so x'Kx is
 * the squared length of X'x (Horn and Johnson, Matrix Analysis, 2nd ed., theorem 7.2.10).
 */
public record EmbeddingCosine() implements SimilarityKernel {

  @Override
  public Set<KernelInput> inputs() {
    return Set.of(KernelInput.EMBEDDINGS);
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    FloatMatrix embeddings = rollouts.embeddings().orElseThrow(KernelInput.EMBEDDINGS::absent);
    return CosineKernel.of(embeddings);
  }
}
