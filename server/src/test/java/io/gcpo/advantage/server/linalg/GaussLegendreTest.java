// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GaussLegendreTest {

  @Test
  void of_fewNodes_isTheKnownRule() {
    assertThat(GaussLegendre.of(1).nodes().get(0)).isCloseTo(0.5, within(1e-16));
    assertThat(GaussLegendre.of(1).weights().get(0)).isCloseTo(1, within(1e-15));
    GaussLegendre two = GaussLegendre.of(2);
    assertThat(two.nodes().get(0)).isCloseTo(0.5 + 0.5 / Math.sqrt(3), within(1e-15));
    assertThat(two.nodes().get(1)).isCloseTo(0.5 - 0.5 / Math.sqrt(3), within(1e-15));
    GaussLegendre three = GaussLegendre.of(3);
    assertThat(three.nodes().get(0)).isCloseTo(0.5 + 0.5 * Math.sqrt(0.6), within(1e-15));
    assertThat(three.weights().get(0)).isCloseTo(5.0 / 18, within(1e-15));
    assertThat(three.weights().get(1)).isCloseTo(8.0 / 18, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 16, 33, 128, 512})
  void of_anyCount_integratesPowersUpToItsDegree(int count) {
    GaussLegendre rule = GaussLegendre.of(count);
    for (int degree = 0; degree < 2 * count; degree++) {
      double integral = 0;
      for (int i = 0; i < count; i++) {
        integral += rule.weights().get(i) * StrictMath.pow(rule.nodes().get(i), degree);
      }
      assertThat(integral * (degree + 1)).as("degree %d", degree).isCloseTo(1, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 64, 512})
  void of_anyCount_hasDistinctNodesInside(int count) {
    Vector nodes = GaussLegendre.of(count).nodes();
    for (int i = 0; i < count; i++) {
      assertThat(nodes.get(i)).isBetween(0.0, i == 0 ? 1 : Math.nextDown(nodes.get(i - 1)));
    }
  }
}
