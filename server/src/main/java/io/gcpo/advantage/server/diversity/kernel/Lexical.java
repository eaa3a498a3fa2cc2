// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * The Tanimoto similarity of two texts' {@link
 * io.gcpo.advantage.server.diversity.feature.WordNGrams}: how much wording they share.
 *
 * <p>It is positive semi-definite, as Tanimoto on weighted bags is: K_ij is the probability that
 * two bags have the same minimum under a random order, and for each order the matrix of "same
 * minimum" is block diagonal of ones (Ioffe, "Improved consistent sampling", ICDM 2010).
 *
 * @param order n, in [1, 8]
 */
public record Lexical(int order) implements SimilarityKernel {
  /** What a caller gets who names no order: pairs of words. */
  public static final int DEFAULT_ORDER = 2;

  /** The longest run of words. */
  public static final int MAX_ORDER = 8;

  /** Throws {@link IllegalArgumentException} if the order is out of range. */
  public Lexical {
    if (order < 1 || order > MAX_ORDER) {
      throw new IllegalArgumentException(
          "order: " + order + " (expected: in [1, " + MAX_ORDER + "])");
    }
  }

  @Override
  public Set<KernelInput> inputs() {
    return Set.of(KernelInput.TEXTS);
  }

  @Override
  public Set<TextFeatures> textFeatures() {
    return Set.of(features());
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    return TanimotoMatrix.of(rollouts, features());
  }

  private TextFeatures features() {
    return new TextFeatures.OfWords(order);
  }
}
