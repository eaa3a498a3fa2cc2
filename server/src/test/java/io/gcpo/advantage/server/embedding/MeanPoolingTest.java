// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MeanPoolingTest {
  @Test
  void sum_paddingBehind_isLeftOut() {
    TokenStates states =
        (window, token, target) -> {
          target[0] = window;
          target[1] = token < 3 ? token : Float.NaN;
        };

    assertThat(MeanPooling.sum(states, 5, 3, 2)).containsExactly(15, 3);
  }

  @Test
  void normalise_threeFour_fifths() {
    assertThat(MeanPooling.normalise(new double[] {3, -4}))
        .isEqualTo(Embedding.copyOf(new float[] {0.6f, -0.8f}));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY, 1e200})
  void normalise_noDirection_isRefused(double value) {
    assertThatThrownBy(() -> MeanPooling.normalise(new double[] {value, 0}))
        .isInstanceOf(NonFiniteEmbeddingException.class);
  }
}
