// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KernelPlanTest {
  private static final KernelPlan PLAN = KernelPlan.of(new Precomputed());

  /** Similarities 0.9, 0.5, 0.3; 0.1 three times with the fourth. */
  private static final SymmetricMatrix MATRIX =
      Compared.matrix(new double[] {0.9}, new double[] {0.5, 0.3}, new double[] {0.1, 0.1, 0.1});

  private static final ComparedRollouts ROLLOUTS = Compared.similarities(MATRIX);

  @Test
  void apply_noTemperature_isTheKernelAndItsMedian() {
    assertThat(PLAN.apply(ROLLOUTS, 4, 0, 1, 2))
        .isEqualTo(
            new Similarity(
                MATRIX,
                OptionalDouble.of(0.5),
                OptionalDouble.of((0.3 + 0.5 + 0.9) / 3),
                OptionalDouble.empty()));
  }

  @Test
  void apply_evenCount_takesTheMeanOfTheMiddle() {
    assertThat(PLAN.apply(ROLLOUTS, 4, 0, 1, 2, 3).median()).hasValue((0.1 + 0.3) / 2);
  }

  @Test
  void apply_twoCorrect_takesTheirPair() {
    assertThat(PLAN.apply(ROLLOUTS, 4, 2, 1).median()).hasValue(0.3);
  }

  @Test
  void apply_fewerThanTwoCorrect_takesTheGroupWithoutWhatIsBehindIt() {
    assertThat(PLAN.apply(ROLLOUTS, 3).median()).hasValue(0.5);
    assertThat(PLAN.apply(ROLLOUTS, 3, 2).median()).hasValue(0.5);
    assertThat(PLAN.apply(ROLLOUTS, 2, 3).median()).hasValue(0.9);
  }

  @Test
  void apply_givenTemperature_scalesAllAndLeavesTheMedian() {
    Similarity similarity = PLAN.withTemperature(0.2).apply(ROLLOUTS, 3, 0, 1, 2);
    assertThat(similarity.matrix())
        .isEqualTo(new TemperedKernel(new Precomputed(), 0.2).of(ROLLOUTS));
    assertThat(similarity.median()).hasValue(0.5);
    assertThat(similarity.temperature()).hasValue(0.2);
  }

  @Test
  void apply_calibrated_makesTheMedianAHalf() {
    Similarity similarity = PLAN.withCalibration().apply(ROLLOUTS, 3, 0, 1, 2);
    assertThat(similarity.temperature()).hasValue(0.5 / StrictMath.log(2));
    assertThat(similarity.median()).hasValue(0.5);
    assertThat(similarity.matrix().get(0, 2)).isCloseTo(0.5, within(1e-15));
    assertThat(similarity.matrix().get(0, 0)).isEqualTo(1);
  }

  @Test
  void apply_calibratedOnCopies_keepsTheLowestTemperature() {
    ComparedRollouts copies =
        Compared.similarities(Compared.matrix(new double[] {1}, new double[] {0.9, 0.9}));
    Similarity similarity = PLAN.withCalibration().apply(copies, 3, 0, 1);
    assertThat(similarity.temperature()).hasValue(0.01);
    assertThat(similarity.matrix().get(0, 1)).isEqualTo(1);
    assertThat(similarity.matrix().get(0, 2)).isCloseTo(Math.exp(-10), within(1e-15));
  }

  @Test
  void apply_noPair_appliesNoCalibratedTemperature() {
    ComparedRollouts one = Compared.similarities(Compared.matrix());
    assertThat(PLAN.withCalibration().apply(one, 1, 0))
        .isEqualTo(
            new Similarity(
                Compared.matrix(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()));
    assertThat(PLAN.withTemperature(2).apply(one, 1).temperature()).hasValue(2);
    SymmetricMatrix empty = SymmetricMatrix.of(0, (i, j) -> 1);
    assertThat(PLAN.withCalibration().apply(Compared.similarities(empty), 0).matrix())
        .isEqualTo(empty);
  }

  @Test
  void apply_otherOrder_isTheSameToTheBit() {
    for (int seed = 0; seed < 1000; seed++) {
      ComparedRollouts rollouts = new RandomRollouts(seed).next(9);
      int count = rollouts.count();
      int[] order = new RandomGroups(seed).nextOrder(count);
      int[] correct = IntStream.range(0, count).filter(i -> i % 3 != 0).toArray();
      int[] moved = IntStream.range(0, count).filter(i -> order[i] % 3 != 0).toArray();
      KernelPlan plan = KernelPlan.of(new EmbeddingCosine()).withCalibration();
      Similarity similarity = plan.apply(rollouts, count, correct);
      Similarity reordered = plan.apply(Compared.pick(rollouts, order), count, moved);
      assertThat(reordered)
          .as("seed %d, order %s", seed, Arrays.toString(order))
          .isEqualTo(
              new Similarity(
                  similarity.matrix().principal(order),
                  similarity.median(),
                  similarity.mean(),
                  similarity.temperature()));
    }
  }

  @Test
  void with_replacesThePlansOwnTemperature() {
    KernelPlan own = PLAN.withTemperature(0.1);
    assertThat(own.withTemperature(3).temperature()).hasValue(3);
    assertThat(own.withCalibration())
        .isEqualTo(new KernelPlan(new Precomputed(), OptionalDouble.empty(), true));
    assertThat(own.withCalibration().withTemperature(0.1)).isEqualTo(own);
  }

  @Test
  void new_temperatureOutOfRange_isRefused() {
    for (double temperature : new double[] {0, 9e-4, 1001, Double.NaN, -1}) {
      assertThatThrownBy(() -> PLAN.withTemperature(temperature))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("temperature: " + temperature + " (expected: in [0.001, 1000.0])");
    }
  }

  @Test
  void new_temperatureGivenAndCalibrated_isRefused() {
    assertThatThrownBy(() -> new KernelPlan(new Precomputed(), OptionalDouble.of(0.1), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("temperature: 0.1 (expected: absent, as it is calibrated)");
  }
}
