// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What a kernel may look at. */
public enum KernelInput {
  /** An embedding for each rollout. */
  EMBEDDINGS,
  /** The embedding of the prompt. */
  PROMPT_EMBEDDING,
  /** A text for each rollout. */
  TEXTS,
  /** A label for each rollout. */
  CLUSTER_LABELS,
  /** A similarity for each pair of rollouts. */
  SIMILARITIES;

  /** What any of the kernels needs. */
  static Set<KernelInput> unionOf(Collection<SimilarityKernel> kernels) {
    EnumSet<KernelInput> union = EnumSet.noneOf(KernelInput.class);
    kernels.forEach(kernel -> union.addAll(kernel.inputs()));
    return union;
  }

  /** Says that rollouts without this input came to a kernel that needs it. */
  IllegalStateException absent() {
    return new IllegalStateException(name() + ": absent (expected: present)");
  }
}
