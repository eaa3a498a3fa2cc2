// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.advantage.estimator.ScoredRollouts;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScoredGroupTest {

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1.1e12})
  void rewardsOnly_rewardOutOfRange_isRefused(double reward) {
    List<OptionalDouble> rewards = List.of(OptionalDouble.empty(), OptionalDouble.of(reward));
    assertThatThrownBy(() -> ScoredGroup.rewardsOnly(rewards))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rewards[1]: " + reward + " (expected: magnitude <= 1.0E12)");
  }

  @Test
  void of_sizesDiffer_isRefused() {
    FloatMatrix embeddings = FloatMatrix.ofRows(List.of(new float[1], new float[1]));
    assertThatThrownBy(() -> ScoredGroup.of(List.of(OptionalDouble.of(1)), embeddings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("embeddings: 2 rows (expected: 1)");
  }

  @Test
  void rewards_absentOrNotPositive_areNotCorrect() {
    ScoredGroup group =
        ScoredGroup.rewardsOnly(
            List.of(
                OptionalDouble.empty(),
                OptionalDouble.of(0),
                OptionalDouble.of(-1),
                OptionalDouble.of(1e-30)));
    assertThat(group.size()).isEqualTo(4);
    assertThat(group.isIncluded(0)).isFalse();
    assertThat(group.isIncluded(1)).isTrue();
    assertThat(List.of(0, 1, 2, 3)).filteredOn(group::isCorrect).containsExactly(3);
    assertThat(group.embeddings()).isEmpty();
  }

  @Test
  void rollouts_withoutKernel_refuseToGiveOne() {
    ScoredRollouts rollouts = new ScoredRollouts(Vector.of(1), Optional.empty());
    assertThatThrownBy(rollouts::similarity)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("similarity: none (expected: a group with embeddings)");
    SymmetricMatrix kernel = SymmetricMatrix.of(2, (i, j) -> 1);
    assertThatThrownBy(() -> new ScoredRollouts(Vector.of(1), Optional.of(kernel)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("similarity: 2 rows (expected: 1)");
  }
}
