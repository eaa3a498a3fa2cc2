// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PassAtKTrainingTest {
  private final PassAtKTraining estimator = new PassAtKTraining();
  private final Parameters defaults = Parameters.defaultsOf(estimator.spec().parameters());

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 0.999998, -0.142857",
    "2, 0.522232, -0.174077",
    "4, 0.120385, -0.120385",
    "5, 0, 0",
    "8, 0, 0"
  })
  void estimate_eightRolloutsAndK4_hasTheKnownValues(int correct, double right, double wrong) {
    Estimate estimate = estimate(Vector.of(8, i -> i < correct ? 1 : 0), defaults);
    for (int i = 0; i < 8; i++) {
      assertThat(estimate.advantages().get(i)).isCloseTo(i < correct ? right : wrong, within(5e-7));
    }
    assertThat(estimate.centered()).isTrue();
    assertThat(estimate.advantages().isZero()).isEqualTo(right == 0);
  }

  @Test
  void estimate_gradedRewards_countAsCorrectAboveZero() {
    assertThat(estimate(Vector.of(0.1, -2, 7, 0, 0, -1, 0, 0), defaults).advantages())
        .isEqualTo(estimate(Vector.of(1, 0, 1, 0, 0, 0, 0, 0), defaults).advantages());
  }

  @Test
  void estimate_ofOne_isGrpoWithThePopulationDeviation() {
    double deviation = Math.sqrt(0.25 * 0.75) + 1e-6;
    Vector advantages =
        estimate(Vector.of(1, 0, 0, 0), defaults.with(CommonParameters.K, 1)).advantages();
    assertThat(advantages.get(0)).isCloseTo(0.75 / deviation, within(1e-12));
    assertThat(advantages.get(3)).isCloseTo(-0.25 / deviation, within(1e-12));
  }

  @Test
  void estimate_aThousandRollouts_staysCentered() {
    Vector advantages =
        estimate(Vector.of(1024, i -> i < 300 ? 1 : 0), defaults.with(CommonParameters.K, 512))
            .advantages();
    assertThat(advantages.get(0)).isPositive();
    assertThat(advantages.get(1023)).isNegative();
    assertThat(advantages.sum()).isCloseTo(0, within(1e-10 * advantages.get(0)));
  }

  private Estimate estimate(Vector rewards, Parameters parameters) {
    return estimator.estimate(ScoredRollouts.of(rewards), parameters);
  }
}
