// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Set;

/**
 * The cosine of what two embeddings say beyond the prompt: of their residuals {@code e - <e, p> p},
 * p the normalised embedding of the prompt. All solutions of one problem repeat its words; this
 * leaves the repetition out.
 *
 * <p>A residual shorter than 1e-6 of its embedding is the rounding of float32 and has no direction:
 * rollouts with such residuals say the prompt only, and are similar to one another (1) and to no
 * other (0). A zero embedding is similar to nothing, itself included. A zero prompt leaves the
 * plain {@link EmbeddingCosine}.
 *
 * <p>It is positive semi-definite: with the rollouts that say the prompt only in front, K is block
 * diagonal; one block is all ones, hence 1 1', the other a Gram matrix of normalised residuals, and
 * the eigenvalues of K are those of its blocks (Horn and Johnson, Matrix Analysis, 2nd ed.,
 * 7.2.10).
 */
public record PromptResidual() implements SimilarityKernel {
  private static final double NEGLIGIBLE = 1e-6;

  @Override
  public Set<KernelInput> inputs() {
    return Set.of(KernelInput.EMBEDDINGS, KernelInput.PROMPT_EMBEDDING);
  }

  @Override
  public SymmetricMatrix of(ComparedRollouts rollouts) {
    FloatMatrix embeddings = rollouts.embeddings().orElseThrow(KernelInput.EMBEDDINGS::absent);
    FloatMatrix prompt =
        rollouts.promptEmbedding().orElseThrow(KernelInput.PROMPT_EMBEDDING::absent);
    if (prompt.dot(0, 0) == 0) {
      return CosineKernel.of(embeddings);
    }
    double[] direction = normalised(prompt);
    int count = embeddings.rows();
    double[][] residuals = new double[count][];
    double[] squaredNorms = new double[count];
    boolean[] promptOnly = new boolean[count];
    for (int i = 0; i < count; i++) {
      residuals[i] = residual(embeddings, i, direction);
      squaredNorms[i] = dot(residuals[i], residuals[i]);
      promptOnly[i] = squaredNorms[i] < NEGLIGIBLE * NEGLIGIBLE * embeddings.dot(i, i);
    }
    return SymmetricMatrix.of(
        count,
        (i, j) -> {
          if (promptOnly[i] || promptOnly[j]) {
            return promptOnly[i] == promptOnly[j] ? 1 : 0;
          }
          return CosineKernel.cosine(
              dot(residuals[i], residuals[j]), squaredNorms[i], squaredNorms[j]);
        });
  }

  private static double[] normalised(FloatMatrix prompt) {
    double norm = Math.sqrt(prompt.dot(0, 0));
    double[] direction = new double[prompt.columns()];
    for (int k = 0; k < direction.length; k++) {
      direction[k] = prompt.get(0, k) / norm;
    }
    return direction;
  }

  private static double[] residual(FloatMatrix embeddings, int row, double[] direction) {
    double[] residual = new double[direction.length];
    for (int k = 0; k < residual.length; k++) {
      residual[k] = embeddings.get(row, k);
    }
    double component = dot(residual, direction);
    for (int k = 0; k < residual.length; k++) {
      residual[k] -= component * direction[k];
    }
    return residual;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
