// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CreditPlanTest {

  @Test
  void isDefinedFor_allPairs_butTheMatrixLogOfDeterminants() {
    for (Allocation allocation : Allocation.values()) {
      assertThat(allocation.isDefinedFor(Volume.LOGDET)).isTrue();
      assertThat(allocation.isDefinedFor(Volume.DET))
          .isEqualTo(allocation != Allocation.MATRIX_LOG);
    }
  }

  @Test
  void constructor_undefinedPair_isRefused() {
    assertRefused(
        () -> new CreditPlan(Volume.DET, Allocation.MATRIX_LOG, 16, 0.01, 4096, 0),
        "allocation: MATRIX_LOG (expected: one that is defined for DET)");
  }

  @Test
  void constructor_outOfRange_isRefused() {
    assertRefused(() -> plan(-1, 0.01, 4096), "exactLimit: -1 (expected: 0 to 24)");
    assertRefused(() -> plan(25, 0.01, 4096), "exactLimit: 25 (expected: 0 to 24)");
    assertRefused(() -> plan(16, -0.1, 4096), "errorBudget: -0.1 (expected: 0 to 1)");
    assertRefused(() -> plan(16, 1.1, 4096), "errorBudget: 1.1 (expected: 0 to 1)");
    assertRefused(() -> plan(16, Double.NaN, 4096), "errorBudget: NaN (expected: 0 to 1)");
    assertRefused(() -> plan(16, 0.01, 31), "maxSamples: 31 (expected: 32 to 1048576)");
    assertRefused(() -> plan(16, 0.01, 1 << 21), "maxSamples: 2097152 (expected: 32 to 1048576)");
  }

  @ParameterizedTest
  @EnumSource
  void share_nobodyActive_isWorthNothing(Allocation allocation) {
    CoverageGame game =
        CoverageGame.of(SymmetricMatrix.of(2, (i, j) -> 1), Vector.of(0, -1), 0.5, 1);
    CreditMethod method =
        allocation == Allocation.MATRIX_LOG ? CreditMethod.MATRIX_LOG : CreditMethod.EXACT;
    for (Volume volume : Volume.values()) {
      if (allocation.isDefinedFor(volume)) {
        assertThat(Games.share(game, volume, allocation))
            .isEqualTo(new CreditShares(Vector.of(0, 0), 0, method, 0, Vector.of(0, 0)));
      }
    }
  }

  private static CreditPlan plan(int exactLimit, double errorBudget, int maxSamples) {
    return new CreditPlan(
        Volume.LOGDET, Allocation.SHAPLEY, exactLimit, errorBudget, maxSamples, 0);
  }

  private static void assertRefused(Runnable constructor, String message) {
    assertThatThrownBy(constructor::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
