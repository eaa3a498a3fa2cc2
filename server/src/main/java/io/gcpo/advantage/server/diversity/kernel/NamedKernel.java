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
  /** For mathematics: its steps. */
  MATH,
  /** For programs: their steps. */
  CODE,
  /** For anything: three parts steps, one part {@link #EMBEDDING_RBF}. */
  GENERAL,
  /** For where there are embeddings and no texts: {@link #EMBEDDING_RBF}. */
  EMBEDDING_ONLY;

  private static final double TEMPERATURE = 0.1;

  /** What it computes, with its own temperature. */
  public KernelPlan plan() {
    return switch (this) {
      case EMBEDDING_COSINE -> KernelPlan.of(new EmbeddingCosine());
      case EMBEDDING_RBF, EMBEDDING_ONLY ->
          KernelPlan.of(new EmbeddingCosine()).withTemperature(TEMPERATURE);
      case PROMPT_RESIDUAL -> KernelPlan.of(new PromptResidual());
      case LEXICAL -> KernelPlan.of(new Lexical(Lexical.DEFAULT_ORDER));
      case STEPS -> KernelPlan.of(new Steps(StepKind.AUTO));
      case CLUSTER -> KernelPlan.of(new ClusterLabels());
      case PRECOMPUTED -> KernelPlan.of(new Precomputed());
      case MATH -> KernelPlan.of(new Steps(StepKind.MATH));
      case CODE -> KernelPlan.of(new Steps(StepKind.CODE));
      case GENERAL -> KernelPlan.of(general());
    };
  }

  private static SimilarityKernel general() {
    return new SumKernel(
        List.of(
            new SumKernel.Term(0.75, new Steps(StepKind.AUTO)),
            new SumKernel.Term(0.25, new TemperedKernel(new EmbeddingCosine(), TEMPERATURE))));
  }
}
