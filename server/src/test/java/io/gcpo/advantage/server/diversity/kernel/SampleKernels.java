// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One kernel of each sort. */
final class SampleKernels {
  private SampleKernels() {}

  /** Those that look at the rollouts themselves. */
  static List<SimilarityKernel> leaves() {
    List<SimilarityKernel> leaves =
        new ArrayList<>(
            List.of(
                new EmbeddingCosine(),
                new PromptResidual(),
                new Lexical(1),
                new Lexical(2),
                new Lexical(8),
                new ClusterLabels(),
                new Precomputed()));
    Arrays.stream(StepKind.values()).map(Steps::new).forEach(leaves::add);
    return leaves;
  }

  /** The leaves, and composites of them at the ends of their parameters. */
  static List<SimilarityKernel> all() {
    SimilarityKernel cosine = new EmbeddingCosine();
    SimilarityKernel lexical = new Lexical(2);
    List<SimilarityKernel> all = new ArrayList<>(leaves());
    all.addAll(
        List.of(
            new TemperedKernel(cosine, 1e-3),
            new TemperedKernel(cosine, 0.1),
            new TemperedKernel(cosine, 1e3),
            new TemperedKernel(new PromptResidual(), 0.1),
            new TemperedKernel(lexical, 0.1),
            new PowerKernel(cosine, 1),
            new PowerKernel(cosine, 3),
            new PowerKernel(cosine, 64),
            new PowerKernel(lexical, 64),
            new ProductKernel(List.of(cosine, cosine, lexical)),
            new ProductKernel(List.of(new Precomputed(), new ClusterLabels())),
            new SumKernel(
                List.of(new SumKernel.Term(1e3, cosine), new SumKernel.Term(1e-9, lexical))),
            new SumKernel(
                List.of(
                    new SumKernel.Term(0.1, cosine),
                    new SumKernel.Term(0.2, lexical),
                    new SumKernel.Term(0.7, new PromptResidual())))));
    Arrays.stream(NamedKernel.values()).map(named -> named.plan().kernel()).forEach(all::add);
    return all.stream().distinct().toList();
  }
}
