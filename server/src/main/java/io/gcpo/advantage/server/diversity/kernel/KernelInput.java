// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

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
  SIMILARITIES
}
