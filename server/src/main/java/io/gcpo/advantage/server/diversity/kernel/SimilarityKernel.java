// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * How similar rollouts are: K [n, n], positive semi-definite to rounding (smallest eigenvalue at
 * least -1e-10 n), with values in [-1, 1]. K_ij depends on rollouts i and j alone, to the bit, so
 * the order of rollouts changes nothing; it is exactly 1 for rollouts of equal content. Immutable,
 * a pure function.
 *
 * <p>A zero embedding has no content: {@link EmbeddingCosine} calls it similar to nothing, itself
 * included, and a composite takes that 0 like any other value.
 */
public interface SimilarityKernel {

  /** What it needs of the rollouts. */
  Set<KernelInput> inputs();

  /**
   * What it compares texts by; empty for a kernel that does not look at {@link KernelInput#TEXTS}.
   */
  default Set<TextFeatures> textFeatures() {
    return Set.of();
  }

  /**
   * K [n, n].
   *
   * @throws IllegalStateException if the rollouts lack one of the {@link #inputs}
   */
  SymmetricMatrix of(ComparedRollouts rollouts);
}
