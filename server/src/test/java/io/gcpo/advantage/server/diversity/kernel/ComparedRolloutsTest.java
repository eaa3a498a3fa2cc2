// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparedRolloutsTest {
  private static final Optional<FloatMatrix> NO_ROWS = Optional.empty();
  private static final Optional<List<String>> NO_LIST = Optional.empty();
  private static final Optional<SymmetricMatrix> NO_MATRIX = Optional.empty();

  @Test
  void new_wrongSizes_areRefused() {
    Optional<List<String>> two = Optional.of(List.of("a", "b"));
    Optional<SymmetricMatrix> one = Optional.of(Compared.matrix());
    assertRefused("embeddings: 2 (expected: 3)", 3, rows(2, 4), NO_ROWS, NO_LIST, NO_LIST, one);
    assertRefused("texts: 2 (expected: 1)", 1, NO_ROWS, NO_ROWS, two, NO_LIST, NO_MATRIX);
    assertRefused("clusterLabels: 2 (expected: 0)", 0, NO_ROWS, NO_ROWS, NO_LIST, two, NO_MATRIX);
    assertRefused("similarities: 1 (expected: 2)", 2, NO_ROWS, NO_ROWS, two, two, one);
    assertRefused(
        "promptEmbedding: 2 (expected: 1)", 2, rows(2, 4), rows(2, 4), two, NO_LIST, NO_MATRIX);
    assertRefused(
        "promptEmbedding.columns: 3 (expected: 4)",
        2,
        rows(2, 4),
        rows(1, 3),
        two,
        NO_LIST,
        NO_MATRIX);
  }

  @Test
  void new_listThatChangesLater_wasCopied() {
    List<ComparedText> texts = new ArrayList<>(ComparedText.ofAll(List.of("a")));
    ComparedRollouts rollouts =
        new ComparedRollouts(1, NO_ROWS, NO_ROWS, Optional.of(texts), NO_LIST, NO_MATRIX);
    texts.set(0, ComparedText.of("b"));
    assertThat(rollouts.texts()).hasValue(List.of(ComparedText.of("a")));
  }

  private static Optional<FloatMatrix> rows(int rows, int columns) {
    return Optional.of(FloatMatrix.fill(rows, columns, (row, target, offset) -> {}));
  }

  private static void assertRefused(
      String message,
      int count,
      Optional<FloatMatrix> embeddings,
      Optional<FloatMatrix> prompt,
      Optional<List<String>> texts,
      Optional<List<String>> labels,
      Optional<SymmetricMatrix> similarities) {
    assertThatThrownBy(
            () ->
                new ComparedRollouts(
                    count,
                    embeddings,
                    prompt,
                    texts.map(ComparedText::ofAll),
                    labels,
                    similarities))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
