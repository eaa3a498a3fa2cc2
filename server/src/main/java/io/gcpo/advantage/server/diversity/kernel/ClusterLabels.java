// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Set;

/**
 * 1 for rollouts of equal labels, 0 for others.
 *
 * <p>It is positive semi-definite: K = Z Z' for the matrix Z that marks the label of each rollout,
 * a Gram matrix (Horn and Johnson, Matrix Analysis, 2nd ed., theorem 7.2.10).
 */
public record ClusterLabels() implements SimilarityKernel {

  @Override
  public Set<KernelInput> inputs() {
    return Set.of(KernelInput.CLUSTER_LABELS);
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    List<String> labels = rollouts.clusterLabels().orElseThrow(KernelInput.CLUSTER_LABELS::absent);
    return SymmetricMatrix.of(labels.size(), (i, j) -> labels.get(i).equals(labels.get(j)) ? 1 : 0);
  }
}
