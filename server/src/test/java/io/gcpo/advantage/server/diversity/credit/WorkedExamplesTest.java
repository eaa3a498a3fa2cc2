// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.testing.WorkedExamples;
import org.junit.jupiter.api.Test;

final class WorkedExamplesTest {
  private static final double TOLERANCE = 1e-9;

  private static final CreditAllocation EXACT = new ExactShapley();
  private static final CreditAllocation MATRIX_LOG = new MatrixLogShapley();

  @Test
  void exact_exampleA_hasKnownValues() {
    double half = 0.549306144334;
    assertShapley(
        EXACT.allocate(Games.of(WorkedExamples.A, 0.5, 1)),
        1.791759469228,
        half,
        half,
        0.693147180560,
        0);
  }

  @Test
  void exact_exampleB_hasKnownValues() {
    assertShapley(
        EXACT.allocate(Games.of(WorkedExamples.B, 0.5, 1)),
        2.339224014652,
        0.564526800589,
        0.576088852880,
        0.621694764352,
        0.576913596831);
    assertShapley(
        EXACT.allocate(Games.of(WorkedExamples.B, 0.5, 4)),
        5.061484137730,
        1.184821030125,
        1.254596034719,
        1.359529243069,
        1.262537829816);
  }

  @Test
  void exact_exampleC_hasKnownValues() {
    assertShapley(
        EXACT.allocate(Games.of(WorkedExamples.C, 0.5, 4)),
        2.990831394954,
        1.437827945302,
        0.896514866391,
        0.656488583260,
        0);
    assertShapley(
        EXACT.allocate(Games.of(WorkedExamples.C, 0.5, 1)),
        1.214528012710,
        0.645876118090,
        0.352455625215,
        0.216196269404,
        0);
    assertShapley(
        EXACT.allocate(Games.of(WorkedExamples.C, 1, 1)),
        0.919166223313,
        0.665372862272,
        0.194467440834,
        0.059325920207,
        0);
  }

  @Test
  void matrixLog_examples_haveKnownValues() {
    assertShapley(
        MATRIX_LOG.allocate(Games.of(WorkedExamples.A, 0.5, 1)),
        1.791759469228,
        0.549306144334,
        0.549306144334,
        0.693147180560,
        0);
    assertShapley(
        MATRIX_LOG.allocate(Games.of(WorkedExamples.B, 0.5, 1)),
        2.339224014652,
        0.564111846717,
        0.576087563305,
        0.622937041325,
        0.576087563305);
    assertShapley(
        MATRIX_LOG.allocate(Games.of(WorkedExamples.C, 0.5, 4)),
        2.990831394954,
        1.469291970396,
        0.868018365773,
        0.653521058786,
        0);
  }

  @Test
  void methods_nameThemselves() {
    CoverageGame game = Games.of(WorkedExamples.B, 0.5, 1);
    assertThat(EXACT.allocate(game).method()).isEqualTo(CreditMethod.EXACT);
    assertThat(MATRIX_LOG.allocate(game).method()).isEqualTo(CreditMethod.MATRIX_LOG);
  }

  private static void assertShapley(ShapleyValues actual, double teamValue, double... values) {
    assertThat(actual.teamValue()).isCloseTo(teamValue, within(TOLERANCE));
    assertThat(actual.values().size()).isEqualTo(values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(actual.values().get(i)).as("phi_%d", i).isCloseTo(values[i], within(TOLERANCE));
    }
  }
}
