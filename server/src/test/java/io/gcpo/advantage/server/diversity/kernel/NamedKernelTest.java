// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.steps.StepKind;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NamedKernelTest {

  @Test
  void plan_leaves_areThemselves() {
    assertThat(plan(NamedKernel.EMBEDDING_COSINE)).isEqualTo(KernelPlan.of(new EmbeddingCosine()));
    assertThat(plan(NamedKernel.PROMPT_RESIDUAL)).isEqualTo(KernelPlan.of(new PromptResidual()));
    assertThat(plan(NamedKernel.LEXICAL)).isEqualTo(KernelPlan.of(new Lexical(2)));
    assertThat(plan(NamedKernel.STEPS)).isEqualTo(KernelPlan.of(new Steps(StepKind.AUTO)));
    assertThat(plan(NamedKernel.CLUSTER)).isEqualTo(KernelPlan.of(new ClusterLabels()));
    assertThat(plan(NamedKernel.PRECOMPUTED)).isEqualTo(KernelPlan.of(new Precomputed()));
  }

  @Test
  void plan_embeddingRbf_isATemperedCosineWhoseTemperatureCanBeReplaced() {
    KernelPlan rbf = plan(NamedKernel.EMBEDDING_RBF);
    assertThat(rbf).isEqualTo(plan(NamedKernel.EMBEDDING_ONLY));
    ComparedRollouts rollouts = Compared.embeddings(new float[] {3, 4}, new float[] {4, 3});
    assertThat(rbf.apply(rollouts, 2).matrix())
        .isEqualTo(new TemperedKernel(new EmbeddingCosine(), 0.1).of(rollouts));
    assertThat(rbf.withTemperature(1).apply(rollouts, 2).matrix())
        .isEqualTo(new TemperedKernel(new EmbeddingCosine(), 1).of(rollouts));
  }

  @Test
  void plan_presets_compareSteps() {
    KernelPlan plainSteps = KernelPlan.of(new Steps(StepKind.AUTO));
    assertThat(plan(NamedKernel.MATH)).isEqualTo(plainSteps.withTemperature(0.5));
    assertThat(plan(NamedKernel.CODE)).isEqualTo(plainSteps);
    ComparedRollouts rollouts = new RandomRollouts(3).ofTexts(List.of("a = 1", "a = 1\nb = 2"));
    SymmetricMatrix steps = new TemperedKernel(new Steps(StepKind.AUTO), 0.5).of(rollouts);
    SymmetricMatrix embeddings = new TemperedKernel(new EmbeddingCosine(), 0.1).of(rollouts);
    assertThat(plan(NamedKernel.GENERAL).apply(rollouts, 2).matrix())
        .isEqualTo(
            SymmetricMatrix.of(
                2,
                (i, j) -> i == j ? 1 : 0.85 * steps.get(i, j) + (1 - 0.85) * embeddings.get(i, j)));
  }

  @Test
  void plan_all_tellsEqualFromDifferent() {
    ComparedRollouts rollouts =
        Compared.pick(
            new RandomRollouts(5).ofTexts(List.of("2 + 3 = 5", "for i in range(3): print(i)")),
            0,
            1,
            0);
    assertThat(Arrays.stream(NamedKernel.values()))
        .allSatisfy(
            named -> {
              SymmetricMatrix matrix = named.plan().apply(rollouts, 3).matrix();
              assertThat(matrix.get(0, 2)).isEqualTo(1);
            });
  }

  private static KernelPlan plan(NamedKernel named) {
    return named.plan();
  }
}
