// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SetWeightsTest {

  @Test
  void shapley_fourPlayers_areSumsOfNeighbours() {
    // w = 1/4, 1/12, 1/12, 1/4, 0, times 2^2.
    double[] weights = SetWeights.shapley(4);
    assertThat(SetWeights.exponent(4)).isEqualTo(2);
    assertThat(weights).hasSize(5);
    assertThat(weights[1]).isCloseTo(4 / 3.0, within(1e-15));
    assertThat(weights[2]).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(weights[3]).isCloseTo(4 / 3.0, within(1e-15));
    assertThat(weights[4]).isEqualTo(1);
  }

  @Test
  void oneAndTwoPlayers_areRight() {
    assertThat(SetWeights.shapley(1)).containsExactly(0, 1);
    assertThat(SetWeights.shapley(2)).containsExactly(0, 2, 1);
    assertThat(SetWeights.banzhaf(1)).containsExactly(0, 2);
    assertThat(SetWeights.banzhaf(2)).containsExactly(0, 2, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 64, 1023, 1024})
  void weights_manyPlayers_areNormalNumbers(int players) {
    double[] shapley = SetWeights.shapley(players);
    double[] banzhaf = SetWeights.banzhaf(players);
    for (int s = 1; s <= players; s++) {
      assertThat(shapley[s]).isBetween(Double.MIN_NORMAL, Double.MAX_VALUE);
      assertThat(banzhaf[s]).isBetween(Double.MIN_NORMAL, Double.MAX_VALUE);
    }
  }
}
