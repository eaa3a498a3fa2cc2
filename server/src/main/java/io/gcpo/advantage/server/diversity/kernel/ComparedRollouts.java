// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Optional;

/**
 * The n rollouts that a kernel compares, as far as they are known. Immutable. Throws {@link
 * IllegalArgumentException} where a size does not fit the others.
 *
 * @param count n >= 0
 * @param embeddings [n, d]
 * @param promptEmbedding [1, d]
 * @param texts [n]
 * @param clusterLabels [n]
 * @param similarities [n, n], as both parts of {@link PrecomputedCheck} accepted them
 */
public record ComparedRollouts(
    int count,
    Optional<FloatMatrix> embeddings,
    Optional<FloatMatrix> promptEmbedding,
    Optional<List<ComparedText>> texts,
    Optional<List<String>> clusterLabels,
    Optional<SymmetricMatrix> similarities) {

  /** Checks the sizes and copies the lists. */
  public ComparedRollouts {
    texts = texts.map(List::copyOf);
    clusterLabels = clusterLabels.map(List::copyOf);
    embeddings.ifPresent(rows -> check("embeddings", rows.rows(), count));
    texts.ifPresent(list -> check("texts", list.size(), count));
    clusterLabels.ifPresent(list -> check("clusterLabels", list.size(), count));
    similarities.ifPresent(matrix -> check("similarities", matrix.size(), count));
    if (promptEmbedding.isPresent()) {
      FloatMatrix prompt = promptEmbedding.get();
      check("promptEmbedding", prompt.rows(), 1);
      embeddings.ifPresent(
          rows -> check("promptEmbedding.columns", prompt.columns(), rows.columns()));
    }
  }

  private static void check(String name, int size, int expected) {
    if (size != expected) {
      throw new IllegalArgumentException(name + ": " + size + " (expected: " + expected + ")");
    }
  }
}
