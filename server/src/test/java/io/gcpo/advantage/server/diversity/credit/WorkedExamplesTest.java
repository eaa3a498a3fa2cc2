// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.testing.WorkedExamples;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class WorkedExamplesTest {
  private static final double TOLERANCE = 1e-9;

  @Test
  void shapley_exampleA_hasKnownValues() {
    double half = 0.549306144334;
    assertShares(
        Games.share(Games.of(WorkedExamples.A, 0.5, 1), Volume.LOGDET, Allocation.SHAPLEY),
        1.791759469228,
        half,
        half,
        0.693147180560,
        0);
  }

  @Test
  void shapley_exampleB_hasKnownValues() {
    assertShares(
        Games.share(Games.of(WorkedExamples.B, 0.5, 1), Volume.LOGDET, Allocation.SHAPLEY),
        2.339224014652,
        0.564526800589,
        0.576088852880,
        0.621694764352,
        0.576913596831);
    assertShares(
        Games.share(Games.of(WorkedExamples.B, 0.5, 4), Volume.LOGDET, Allocation.SHAPLEY),
        5.061484137730,
        1.184821030125,
        1.254596034719,
        1.359529243069,
        1.262537829816);
  }

  @Test
  void shapley_exampleC_hasKnownValues() {
    assertShares(
        Games.share(Games.of(WorkedExamples.C, 0.5, 4), Volume.LOGDET, Allocation.SHAPLEY),
        2.990831394954,
        1.437827945302,
        0.896514866391,
        0.656488583260,
        0);
    assertShares(
        Games.share(Games.of(WorkedExamples.C, 0.5, 1), Volume.LOGDET, Allocation.SHAPLEY),
        1.214528012710,
        0.645876118090,
        0.352455625215,
        0.216196269404,
        0);
    assertShares(
        Games.share(Games.of(WorkedExamples.C, 1, 1), Volume.LOGDET, Allocation.SHAPLEY),
        0.919166223313,
        0.665372862272,
        0.194467440834,
        0.059325920207,
        0);
  }

  @Test
  void matrixLog_examples_haveKnownValues() {
    assertShares(
        Games.share(Games.of(WorkedExamples.A, 0.5, 1), Volume.LOGDET, Allocation.MATRIX_LOG),
        1.791759469228,
        0.549306144334,
        0.549306144334,
        0.693147180560,
        0);
    assertShares(
        Games.share(Games.of(WorkedExamples.B, 0.5, 1), Volume.LOGDET, Allocation.MATRIX_LOG),
        2.339224014652,
        0.564111846717,
        0.576087563305,
        0.622937041325,
        0.576087563305);
    assertShares(
        Games.share(Games.of(WorkedExamples.C, 0.5, 4), Volume.LOGDET, Allocation.MATRIX_LOG),
        2.990831394954,
        1.469291970396,
        0.868018365773,
        0.653521058786,
        0);
  }

  @Test
  void determinantShapley_examples_haveKnownValues() {
    assertShares(
        Games.share(Games.of(WorkedExamples.A, 0.5, 1), Volume.DET, Allocation.SHAPLEY),
        5,
        1.5,
        1.5,
        2,
        0);
    assertShares(
        Games.share(Games.of(WorkedExamples.B, 0.5, 1), Volume.DET, Allocation.SHAPLEY),
        9.373184,
        2.2304,
        2.304128,
        2.534528,
        2.304128);
    assertShares(
        Games.share(Games.of(WorkedExamples.C, 0.5, 4), Volume.DET, Allocation.SHAPLEY),
        18.902222222222,
        8.703539094650,
        5.541563786008,
        4.657119341564,
        0);
  }

  @Test
  void leaveOneOut_examples_haveKnownValuesRescaled() {
    assertLeaveOneOut(
        Games.of(WorkedExamples.A, 0.5, 1),
        1.791759469228,
        0.405465108108,
        0.405465108108,
        0.693147180560,
        0);
    assertLeaveOneOut(
        Games.of(WorkedExamples.B, 0.5, 1),
        2.339224014652,
        0.439809065213,
        0.473470865515,
        0.547464545424,
        0.473470865515);
    assertLeaveOneOut(
        Games.of(WorkedExamples.C, 0.5, 4),
        2.990831394954,
        1.267183351585,
        0.695382817530,
        0.620795359376,
        0);
  }

  private static void assertLeaveOneOut(CoverageGame game, double teamValue, double... marginals) {
    double sum = Arrays.stream(marginals).sum();
    assertShares(
        Games.share(game, Volume.LOGDET, Allocation.LEAVE_ONE_OUT),
        teamValue,
        Arrays.stream(marginals).map(marginal -> marginal * teamValue / sum).toArray());
  }

  private static void assertShares(CreditShares actual, double teamValue, double... values) {
    assertThat(actual.teamValue()).isCloseTo(teamValue, within(TOLERANCE));
    assertThat(actual.values().size()).isEqualTo(values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(actual.values().get(i)).as("phi_%d", i).isCloseTo(values[i], within(TOLERANCE));
    }
  }
}
