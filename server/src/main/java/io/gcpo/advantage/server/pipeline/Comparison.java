// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Optional;

/**
 * What a group's kernel looks at besides the content: of n rollouts or, where a golden answer takes
 * a place, of n + 1 with the golden answer last. What the kernel does not look at is absent.
 *
 * @param texts what kernels of text read
 * @param prompt its text, to be embedded
 * @param promptEmbedding from the caller, in place of {@code prompt}
 * @param clusterLabels of each
 * @param similarities [m, m] of the caller, with m >= what is compared: a golden answer that is
 *     brought comes last, whether or not it takes a place. Entries are checked; whether they are a
 *     kernel is not
 */
public record Comparison(
    Optional<List<TextReference>> texts,
    Optional<String> prompt,
    Optional<Embedding> promptEmbedding,
    Optional<List<String>> clusterLabels,
    Optional<SymmetricMatrix> similarities) {
  /** For kernels that look at the content alone. */
  public static final Comparison OF_CONTENT =
      new Comparison(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Comparison {
    texts = texts.map(ImmutableList::copyOf);
    clusterLabels = clusterLabels.map(ImmutableList::copyOf);
  }
}
