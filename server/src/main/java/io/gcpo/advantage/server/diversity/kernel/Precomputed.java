// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * The similarities that came with the rollouts.
 *
 * <p>They are positive semi-definite because {@link PrecomputedCheck} lets no others in: it
 * computes their smallest eigenvalue.
 */
public record Precomputed() implements SimilarityKernel {

  @Override
  public Set<KernelInput> inputs() {
    return Set.of(KernelInput.SIMILARITIES);
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    return rollouts.similarities().orElseThrow(KernelInput.SIMILARITIES::absent);
  }
}
