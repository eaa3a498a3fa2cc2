// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.diversity.kernel.ComparedRollouts;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.testing.Computed;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScoredGroupTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1.1e12})
  void of_rewardOutOfRange_isRefused(double reward) {
    assertThatThrownBy(() -> ScoredGroup.of(scores(0, reward)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rewards[1]: " + reward + " (expected: magnitude <= 1.0E12)");
    assertThatThrownBy(() -> ScoredGroup.of(scores(0)).withGreedyReward(OptionalDouble.of(reward)))
        .hasMessage("greedyReward: " + reward + " (expected: magnitude <= 1.0E12)");
  }

  @Test
  void withCompared_sizesDiffer_isRefused() {
    ComparedRollouts two =
        Computed.compared(FloatMatrix.ofRows(List.of(new float[1], new float[1])));
    assertThatThrownBy(() -> ScoredGroup.of(scores(1)).withCompared(two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("compared: 2 (expected: 1)");
    Golden golden = new Golden(1, RolloutScore.of(OptionalDouble.of(1)));
    assertThatThrownBy(() -> ScoredGroup.of(scores(0, 0)).withGolden(golden).withCompared(two))
        .hasMessage("compared: 2 (expected: 3)");
  }

  @Test
  void withGolden_inThePlaceOfWhatDoesNotCount_isRefused() {
    ScoredGroup group =
        ScoredGroup.of(
            List.of(
                RolloutScore.of(OptionalDouble.of(0)), RolloutScore.of(OptionalDouble.empty())));
    Golden golden = new Golden(1, RolloutScore.of(OptionalDouble.of(1)));
    assertThatThrownBy(() -> group.withGolden(golden))
        .hasMessage("golden.place: 1 (expected: a rollout whose reward counts)");
  }

  @Test
  void rewards_absentOrNotPositive_areNotCorrect() {
    ScoredGroup group =
        ScoredGroup.of(
            List.of(
                RolloutScore.of(OptionalDouble.empty()),
                RolloutScore.of(OptionalDouble.of(0)),
                RolloutScore.of(OptionalDouble.of(-1)),
                RolloutScore.of(OptionalDouble.of(1e-30))));
    assertThat(group.size()).isEqualTo(4);
    assertThat(group.included()).containsExactly(1, 2, 3);
    assertThat(List.of(0, 1, 2, 3)).filteredOn(group::isCorrect).containsExactly(3);
    assertThat(group.compared()).isEmpty();
  }

  private static List<RolloutScore> scores(double... rewards) {
    return Arrays.stream(rewards).mapToObj(OptionalDouble::of).map(RolloutScore::of).toList();
  }
}
