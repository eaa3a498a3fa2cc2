// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.TokenStates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SentenceHeadTest {
  /** Window w has the states [w, 0], [w, -1], [w, -2], and NaN for padding. */
  private static final TokenStates STATES =
      (window, token, target) -> {
        target[0] = window;
        target[1] = token < 3 ? -token : Float.NaN;
      };

  @ParameterizedTest
  @CsvSource({
    "CLS, 15, 0",
    "MAX, 15, 0",
    "MEAN, 15, -3",
    "WEIGHTED_MEAN, 15, -4",
    "LAST_TOKEN, 15, -6"
  })
  void pool_paddingBehind_isLeftOut(PoolingMode mode, double first, double second) {
    assertThat(head(mode).pool(STATES, 5, 3)).containsExactly(first, second);
  }

  @Test
  void pool_severalModes_oneBehindTheOther() {
    SentenceHead head = head(PoolingMode.LAST_TOKEN, PoolingMode.MEAN);

    assertThat(head.pool(STATES, 5, 3)).containsExactly(15, -6, 15, -3);
    assertThat(head.dimension()).isEqualTo(4);
  }

  @Test
  void finish_layer_seesTheMeanOfAllWindows() {
    SentenceHead head =
        new SentenceHead(2, List.of(PoolingMode.CLS), List.of(new UnitLengthLayer()));

    assertThat(head.finish(new double[] {6, 8}, 5)).isEqualTo(embedding(0.6f, 0.8f));
  }

  @Test
  void finish_threeFour_fifths() {
    assertThat(head(PoolingMode.MEAN).finish(new double[] {3, -4}, 7))
        .isEqualTo(embedding(0.6f, -0.8f));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY, 1e200})
  void finish_noDirection_isRefused(double value) {
    assertThatThrownBy(() -> head(PoolingMode.MEAN).finish(new double[] {value, 0}, 1))
        .isInstanceOf(NonFiniteEmbeddingException.class);
  }

  private static SentenceHead head(PoolingMode... modes) {
    return new SentenceHead(2, List.of(modes), List.of());
  }

  private static Embedding embedding(float... values) {
    return Embedding.copyOf(values);
  }
}
