// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rollouts of which one thing is known. */
final class Compared {
  private Compared() {}

  static ComparedRollouts nothing(int count) {
    return new ComparedRollouts(
        count,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ComparedRollouts embeddings(float[]... rows) {
    return new ComparedRollouts(
        rows.length,
        Optional.of(FloatMatrix.ofRows(List.of(rows))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ComparedRollouts embeddingsAndPrompt(float[] prompt, float[]... rows) {
    return new ComparedRollouts(
        rows.length,
        Optional.of(FloatMatrix.ofRows(List.of(rows))),
        Optional.of(FloatMatrix.ofRows(List.of(prompt))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ComparedRollouts texts(String... texts) {
    return new ComparedRollouts(
        texts.length,
        Optional.empty(),
        Optional.empty(),
        Optional.of(ComparedText.ofAll(List.of(texts))),
        Optional.empty(),
        Optional.empty());
  }

  static ComparedRollouts labels(String... labels) {
    return new ComparedRollouts(
        labels.length,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of(labels)),
        Optional.empty());
  }

  static ComparedRollouts similarities(SymmetricMatrix matrix) {
    return new ComparedRollouts(
        matrix.size(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(matrix));
  }

  /** Everything that is known of the rollouts at these positions, in this order. */
  static ComparedRollouts pick(ComparedRollouts rollouts, int... positions) {
    return new ComparedRollouts(
        positions.length,
        rollouts.embeddings().map(rows -> pick(rows, positions)),
        rollouts.promptEmbedding(),
        rollouts.texts().map(texts -> pick(texts, positions)),
        rollouts.clusterLabels().map(labels -> pick(labels, positions)),
        rollouts.similarities().map(matrix -> matrix.principal(positions)));
  }

  /** A symmetric matrix by the rows of its lower triangle, without the diagonal of ones. */
  static SymmetricMatrix matrix(double[]... below) {
    return SymmetricMatrix.of(below.length + 1, (i, j) -> i == j ? 1 : below[i - 1][j]);
  }

  private static FloatMatrix pick(FloatMatrix rows, int... positions) {
    return FloatMatrix.fill(
        positions.length,
        rows.columns(),
        (row, target, offset) -> {
          for (int k = 0; k < rows.columns(); k++) {
            target[offset + k] = rows.get(positions[row], k);
          }
        });
  }

  private static <T> List<T> pick(List<T> values, int... positions) {
    return Arrays.stream(positions).mapToObj(values::get).toList();
  }
}
