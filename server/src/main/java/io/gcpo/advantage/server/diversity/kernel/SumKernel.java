// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Set;

/**
 * The weighted mean of similarities, entry by entry: {@code sum w_k K_k / sum w_k}.
 *
 * <p>It is positive semi-definite: such matrices form a convex cone, as x'(aK + bL)x = a x'Kx + b
 * x'Lx (Horn and Johnson, Matrix Analysis, 2nd ed., observation 7.1.3).
 *
 * @param terms at least one
 */
public record SumKernel(List<Term> terms) implements SimilarityKernel {
  /** The smallest weight of a term. */
  public static final double MIN_WEIGHT = 1e-9;

  /** The largest weight of a term. */
  public static final double MAX_WEIGHT = 1e3;

  /** Throws {@link IllegalArgumentException} if there is no term. */
  public SumKernel {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("terms: 0 (expected: >= 1)");
    }
  }

  @Override
  public Set<KernelInput> inputs() {
    return KernelInput.unionOf(terms.stream().map(Term::kernel).toList());
  }

  @Override
  public Set<TextFeatures> textFeatures() {
    return TextFeatures.unionOf(terms.stream().map(Term::kernel).toList());
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    List<SymmetricMatrix> matrices =
        terms.stream().map(term -> term.kernel().of(rollouts)).toList();
    return SymmetricMatrix.of(rollouts.count(), (i, j) -> mean(matrices, i, j));
  }

  /*
   * Weights are not divided by their sum beforehand: the quotients need not add up to 1. Both sums
   * run in the same order, and rounding is monotone, so |K_k| <= 1 gives a quotient in [-1, 1], and
   * K_k = 1 for all k exactly 1.
   */
  private double mean(List<SymmetricMatrix> matrices, int i, int j) {
    double sum = 0;
    double weights = 0;
    for (int k = 0; k < matrices.size(); k++) {
      double weight = terms.get(k).weight();
      sum += weight * matrices.get(k).get(i, j);
      weights += weight;
    }
    return sum / weights;
  }

  /**
   * A kernel and its share.
   *
   * @param weight in [1e-9, 1e3], relative to those of the other terms
   */
  public record Term(double weight, SimilarityKernel kernel) {

    /** Throws {@link IllegalArgumentException} if the weight is out of range. */
    public Term {
      if (!(weight >= MIN_WEIGHT && weight <= MAX_WEIGHT)) {
        throw new IllegalArgumentException(
            "weight: " + weight + " (expected: in [" + MIN_WEIGHT + ", " + MAX_WEIGHT + "])");
      }
    }
  }
}
