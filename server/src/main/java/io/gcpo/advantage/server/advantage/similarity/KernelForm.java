// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.List;

/**
 * A kernel as it is written down: a name, or an operation on other kernels that keeps them positive
 * semi-definite. Values are in the ranges of the contract. Immutable.
 */
public sealed interface KernelForm {

  /** The kernel, and the temperature where the outermost operation is one. */
  default KernelPlan plan() {
    return KernelForms.plan(this);
  }

  /** A kernel by its name. */
  record Named(NamedKernel name) implements KernelForm {}

  /**
   * Runs of words.
   *
   * @param order words of a run
   */
  record Lexical(int order) implements KernelForm {}

  /** Steps of one kind. */
  record Steps(StepKind kind) implements KernelForm {}

  /**
   * The product, entry by entry.
   *
   * @param factors at least one
   */
  record Product(List<KernelForm> factors) implements KernelForm {
    public Product {
      factors = List.copyOf(factors);
    }
  }

  /**
   * The weighted mean, entry by entry.
   *
   * @param terms at least one
   */
  record Sum(List<Term> terms) implements KernelForm {
    public Sum {
      terms = List.copyOf(terms);
    }
  }

  /**
   * A term of a sum.
   *
   * @param weight > 0; the weights need not sum to 1
   */
  record Term(double weight, KernelForm kernel) {}

  /**
   * A power, entry by entry.
   *
   * @param exponent >= 1
   */
  record Power(KernelForm base, int exponent) implements KernelForm {}

  /**
   * {@code exp(-(1 - K) / temperature)}, entry by entry.
   *
   * @param temperature > 0
   */
  record Tempered(KernelForm base, double temperature) implements KernelForm {}
}
