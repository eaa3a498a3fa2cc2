// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A set of rollouts, as far as diversity is concerned. Immutable.
 *
 * @param count n >= 0
 * @param similarity K [n, n], positive semi-definite to rounding, in [-1, 1]
 * @param texts [n]
 */
public record RolloutSet(
    int count, Optional<SymmetricMatrix> similarity, Optional<List<String>> texts) {

  /** Copies the texts; throws {@link IllegalArgumentException} if the sizes do not agree. */
  public RolloutSet {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + " (expected: >= 0)");
    }
    similarity.ifPresent(kernel -> checkSize("similarity", kernel.size(), count));
    texts.ifPresent(all -> checkSize("texts", all.size(), count));
    texts = texts.map(List::copyOf);
  }

  /** A set known by its similarity alone. */
  public static RolloutSet ofSimilarity(SymmetricMatrix similarity) {
    return new RolloutSet(similarity.size(), Optional.of(similarity), Optional.empty());
  }

  /** A set known by its texts alone. */
  public static RolloutSet ofTexts(List<String> texts) {
    return new RolloutSet(texts.size(), Optional.empty(), Optional.of(texts));
  }

  /** The rollouts at these positions, in this order. */
  public RolloutSet pick(int... positions) {
    return new RolloutSet(
        positions.length,
        similarity.map(kernel -> kernel.principal(positions)),
        texts.map(all -> Arrays.stream(positions).mapToObj(all::get).toList()));
  }

  private static void checkSize(String name, int size, int count) {
    if (size != count) {
      throw new IllegalArgumentException(name + ": " + size + " (expected: " + count + ")");
    }
  }
}
