// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterruptionTest {
  private static final SymmetricMatrix MATRIX =
      SymmetricMatrix.of(8, (i, j) -> i == j ? 1 : 1.0 / (1 + i + j));

  static Stream<ThrowingCallable> longComputations() {
    double[][] rows = MATRIX.toRows();
    return List.<ThrowingCallable>of(
        () -> SymmetricMatrix.of(8, (i, j) -> 1),
        () -> SymmetricEigen.of(MATRIX),
        () -> SymmetricEigen.valuesOf(MATRIX),
        () -> LogDeterminant.ofIdentityPlus(MATRIX),
        () -> Determinant.ofIdentityPlusLessOne(MATRIX),
        () -> ConditionalDiagonal.of(rows),
        () -> SchurComplement.of(rows, new int[] {0, 1}, new int[] {2, 3}))
        .stream();
  }

  @Test
  void nobodyInterrupted_goesOn() {
    assertThatCode(Interruption::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("longComputations")
  void interruptedThread_endsAndKeepsItsMark(ThrowingCallable computation) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(computation)
          .isInstanceOf(InterruptedComputationException.class)
          .hasMessage("interrupted");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }
}
