// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScoredRolloutsTest {
  private final ScoredRollouts rollouts = ScoredRollouts.of(Vector.of(1));

  @Test
  void missingInput_isRefusedByName() {
    assertThatThrownBy(rollouts::similarity)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("similarity: none (expected: as the estimator declares)");
    assertThatThrownBy(rollouts::generatedTokens).hasMessageStartingWith("generatedTokens: none");
    assertThatThrownBy(rollouts::greedyReward).hasMessageStartingWith("greedyReward: none");
  }

  @Test
  void inputOfAnotherSize_isRefused() {
    SymmetricMatrix kernel = SymmetricMatrix.of(2, (i, j) -> 1);
    assertThatThrownBy(() -> rollouts.withSimilarity(kernel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("similarity: 2 rows (expected: 1)");
    assertThatThrownBy(() -> rollouts.withComponents(Map.of("style", Vector.zero(3))))
        .hasMessage("components.style: 3 rows (expected: 1)");
  }
}
