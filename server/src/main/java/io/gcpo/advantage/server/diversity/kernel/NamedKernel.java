// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.List;

/** The kernels that a caller can name: the leaves, and composites for a kind of task. */
public enum NamedKernel {
  /** {@link EmbeddingCosine}. */
  EMBEDDING_COSINE,
  /** The Gaussian kernel of {@link EmbeddingCosine}, at a temperature of 0.1. */
  EMBEDDING_RBF,
  /** {@link PromptResidual}. */
  PROMPT_RESIDUAL,
  /** {@link Lexical}, of pairs of words. */
  LEXICAL,
  /** {@link Steps}, of the kind that the text looks like. */
  STEPS,
  /** {@link ClusterLabels}. */
  CLUSTER,
  /** {@link Precomputed}. */
  PRECOMPUTED,
  /**
   * For mathematics: {@link #STEPS} at a temperature of 0.5, at which half of the steps in common
   * is a similarity of 1/e.
   */
  MATH,
  /** For programs: {@link #STEPS} as they are, which spread further than those of mathematics. */
  CODE,
  /** For anything: 0.85 {@link #MATH} + 0.15 {@link #EMBEDDING_RBF}. */
  GENERAL,
  /** For where there are embeddings and no texts: {@link #EMBEDDING_RBF}. */
  EMBEDDING_ONLY;

  private static final double EMBEDDING_TEMPERATURE = 0.1;
  private static final double STEPS_TEMPERATURE = 0.5;
  private static final double STEPS_WEIGHT = 0.85;

  /** What it computes, with its own temperature. */
  public KernelPlan plan() {
    return switch (this) {
      case EMBEDDING_COSINE -> KernelPlan.of(new EmbeddingCosine());
      case EMBEDDING_RBF, EMBEDDING_ONLY ->
          KernelPlan.of(new EmbeddingCosine()).withTemperature(EMBEDDING_TEMPERATURE);
      case PROMPT_RESIDUAL -> KernelPlan.of(new PromptResidual());
      case LEXICAL -> KernelPlan.of(new Lexical(Lexical.DEFAULT_ORDER));
      case STEPS, CODE -> KernelPlan.of(new Steps(StepKind.AUTO));
      case CLUSTER -> KernelPlan.of(new ClusterLabels());
      case PRECOMPUTED -> KernelPlan.of(new Precomputed());
      case MATH -> KernelPlan.of(new Steps(StepKind.AUTO)).withTemperature(STEPS_TEMPERATURE);
      case GENERAL -> KernelPlan.of(general());
    };
  }

  private static SimilarityKernel general() {
    return new SumKernel(
        List.of(
            new SumKernel.Term(
                STEPS_WEIGHT, new TemperedKernel(new Steps(StepKind.AUTO), STEPS_TEMPERATURE)),
            new SumKernel.Term(
                1 - STEPS_WEIGHT,
                new TemperedKernel(new EmbeddingCosine(), EMBEDDING_TEMPERATURE))));
  }
}
