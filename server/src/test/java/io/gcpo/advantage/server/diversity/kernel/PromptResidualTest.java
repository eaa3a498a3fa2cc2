// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromptResidualTest {
  private static final PromptResidual KERNEL = new PromptResidual();

  @Test
  void of_sharedPrompt_leavesWhatIsBeyondIt() {
    // Cosines of 0.98 and more; beyond the prompt the second is at 60 degrees, the third opposite.
    float root = (float) Math.sqrt(0.75);
    SymmetricMatrix kernel =
        KERNEL.of(
            Compared.embeddingsAndPrompt(
                new float[] {5, 0, 0},
                new float[] {10, 1, 0},
                new float[] {10, 0.5f, root},
                new float[] {-7, -1, 0}));
    assertThat(kernel.get(0, 1)).isCloseTo(0.5, within(1e-7));
    assertThat(kernel.get(0, 2)).isEqualTo(-1);
    assertThat(kernel.get(1, 1)).isEqualTo(1);
  }

  @Test
  void of_randomRollouts_agreesWithTheDefinition() {
    for (int seed = 0; seed < 1000; seed++) {
      ComparedRollouts rollouts = new RandomRollouts(seed).next(6);
      SymmetricMatrix kernel = KERNEL.of(rollouts);
      FloatMatrix e = rollouts.embeddings().orElseThrow();
      FloatMatrix p = rollouts.promptEmbedding().orElseThrow();
      for (int i = 0; i < e.rows(); i++) {
        for (int j = 0; j < i; j++) {
          double norms = Math.sqrt(covariance(e, p, i, i)) * Math.sqrt(covariance(e, p, j, j));
          if (norms > 1e-2) {
            assertThat(kernel.get(i, j))
                .as("seed %d", seed)
                .isCloseTo(covariance(e, p, i, j) / norms, within(1e-10));
          }
        }
      }
    }
  }

  /** The inner product of two residuals, {@code <e, f> - <e, p> <f, p> / <p, p>}. */
  private static double covariance(FloatMatrix e, FloatMatrix p, int i, int j) {
    FloatMatrix rows = FloatMatrix.ofRows(List.of(row(e, i), row(e, j), row(p, 0)));
    double squaredNorm = rows.dot(2, 2);
    double shared = squaredNorm == 0 ? 0 : rows.dot(0, 2) * rows.dot(1, 2) / squaredNorm;
    return rows.dot(0, 1) - shared;
  }

  private static float[] row(FloatMatrix matrix, int row) {
    float[] values = new float[matrix.columns()];
    for (int k = 0; k < values.length; k++) {
      values[k] = matrix.get(row, k);
    }
    return values;
  }

  @Test
  void of_residualsOfRoundingOnly_areAlikeAndLikeNoOther() {
    float[] prompt = {0.1f, 0.7f, -0.3f};
    SymmetricMatrix kernel =
        KERNEL.of(
            Compared.embeddingsAndPrompt(
                prompt,
                prompt,
                new float[] {0.1f * 3, 0.7f * 3, -0.3f * 3},
                new float[] {0.1f, 0.7f, 0.3f},
                new float[] {-0.1f, -0.7f, 0.3f}));
    assertThat(kernel).isEqualTo(SymmetricMatrix.of(4, (i, j) -> (i == 2) == (j == 2) ? 1 : 0));
  }

  @Test
  void of_residualAboveTheThreshold_hasADirection() {
    ComparedRollouts rollouts =
        Compared.embeddingsAndPrompt(
            new float[] {1, 0},
            new float[] {1, 1.1e-6f},
            new float[] {1, 0.9e-6f},
            new float[] {0, 1});
    assertThat(KERNEL.of(rollouts))
        .isEqualTo(Compared.matrix(new double[] {0}, new double[] {1, 0}));
  }

  @Test
  void of_zeroEmbedding_isSimilarToNothing() {
    SymmetricMatrix kernel =
        KERNEL.of(
            Compared.embeddingsAndPrompt(
                new float[] {1, 0}, new float[2], new float[] {1, 1}, new float[] {2, 0}));
    assertThat(kernel).isEqualTo(SymmetricMatrix.of(3, (i, j) -> i == j && i > 0 ? 1 : 0));
  }

  @Test
  void of_zeroPrompt_isThePlainCosine() {
    ComparedRollouts rollouts =
        Compared.embeddingsAndPrompt(
            new float[2], new float[] {1, 0}, new float[] {1, 1}, new float[2]);
    assertThat(KERNEL.of(rollouts)).isEqualTo(new EmbeddingCosine().of(rollouts));
  }

  @Test
  void of_extremeFloats_neitherOverflowsNorUnderflows() {
    float min = Float.MIN_VALUE;
    float max = Float.MAX_VALUE;
    SymmetricMatrix kernel =
        KERNEL.of(
            Compared.embeddingsAndPrompt(
                new float[] {max, 0}, new float[] {max, max}, new float[] {min, min}));
    assertThat(kernel).isEqualTo(Compared.matrix(new double[] {1}));
  }

  @Test
  void of_absentInputs_saysSo() {
    assertThatThrownBy(() -> KERNEL.of(Compared.nothing(1)))
        .hasMessage("EMBEDDINGS: absent (expected: present)");
    assertThatThrownBy(() -> KERNEL.of(Compared.embeddings(new float[] {1})))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("PROMPT_EMBEDDING: absent (expected: present)");
    assertThat(KERNEL.inputs())
        .containsExactlyInAnyOrder(KernelInput.EMBEDDINGS, KernelInput.PROMPT_EMBEDDING);
  }
}
