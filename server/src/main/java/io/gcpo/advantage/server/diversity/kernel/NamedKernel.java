// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.List;

/** The kernels that a caller can name: the leaves, and composites for a kind of task. */
public enum NamedKernel {
  /** {@link EmbeddingCosine}. */
  EMBEDDING_COSINE(KernelPlan.of(new EmbeddingCosine())),
  /** The Gaussian kernel of {@link EmbeddingCosine}, at a temperature of 0.1. */
  EMBEDDING_RBF(EMBEDDING_COSINE.plan.withTemperature(0.1)),
  /** {@link PromptResidual}. */
  PROMPT_RESIDUAL(KernelPlan.of(new PromptResidual())),
  /** {@link Lexical}, of pairs of words. */
  LEXICAL(KernelPlan.of(new Lexical(Lexical.DEFAULT_ORDER))),
  /** {@link Steps}, of the kind that the text looks like. */
  STEPS(KernelPlan.of(new Steps(StepKind.AUTO))),
  /** {@link ClusterLabels}. */
  CLUSTER(KernelPlan.of(new ClusterLabels())),
  /** {@link Precomputed}. */
  PRECOMPUTED(KernelPlan.of(new Precomputed())),
  /** For mathematics: its steps. */
  MATH(KernelPlan.of(new Steps(StepKind.MATH))),
  /** For programs: their steps. */
  CODE(KernelPlan.of(new Steps(StepKind.CODE))),
  /** For anything: three parts steps, one part {@link #EMBEDDING_RBF}. */
  GENERAL(
      KernelPlan.of(
          new SumKernel(
              List.of(
                  new SumKernel.Term(0.75, new Steps(StepKind.AUTO)),
                  new SumKernel.Term(0.25, new TemperedKernel(new EmbeddingCosine(), 0.1)))))),
  /** For where there are embeddings and no texts: {@link #EMBEDDING_RBF}. */
  EMBEDDING_ONLY(EMBEDDING_RBF.plan);

  private final KernelPlan plan;

  NamedKernel(KernelPlan plan) {
    this.plan = plan;
  }

  /** What it computes, with its own temperature. */
  public KernelPlan plan() {
    return plan;
  }
}
