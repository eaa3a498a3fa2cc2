// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PassAtKTest {
  private static final int MOST = 48;

  @Test
  void of_one_isTheShareOfCorrectRollouts() {
    forAll((n, correct) -> close(n, correct, 1, (double) correct / n));
  }

  @Test
  void of_all_isWhetherAnyIsCorrect() {
    forAll((n, correct) -> close(n, correct, n, correct > 0 ? 1 : 0));
  }

  @Test
  void of_two_isOneLessAPairOfWrongOnes() {
    forAll(
        (n, correct) -> {
          if (n >= 2) {
            double wrong = n - correct;
            close(n, correct, 2, 1 - wrong * (wrong - 1) / (n * (n - 1.0)));
          }
        });
  }

  @Test
  void of_noneCorrect_isExactlyZeroAndOfAllCorrectOne() {
    for (int n = 1; n <= MOST; n++) {
      for (int k = 1; k <= n; k++) {
        assertThat(PassAtK.of(n, 0, k)).as("n %d, k %d", n, k).hasValue(0);
        assertThat(PassAtK.of(n, n, k)).as("n %d, k %d", n, k).hasValue(1);
      }
    }
  }

  @Test
  void of_moreCorrectOrMoreTries_neverFallsAndStaysAProbability() {
    forAll(
        (n, correct) -> {
          for (int k = 1; k <= n; k++) {
            double here = value(n, correct, k);
            assertThat(here).as("n %d, correct %d, k %d", n, correct, k).isBetween(0.0, 1.0);
            if (correct > 0) {
              assertThat(here)
                  .as("n %d, correct %d, k %d", n, correct, k)
                  .isGreaterThanOrEqualTo(value(n, correct - 1, k));
            }
            if (k > 1) {
              assertThat(here)
                  .as("n %d, correct %d, k %d", n, correct, k)
                  .isGreaterThanOrEqualTo(value(n, correct, k - 1));
            }
          }
        });
  }

  @Test
  void of_moreTriesThanRollouts_isAbsent() {
    assertThat(PassAtK.of(4, 2, 5)).isEmpty();
    assertThat(PassAtK.of(4, 4, 5)).isEmpty();
    assertThat(PassAtK.of(0, 0, 1)).isEmpty();
  }

  @Test
  void of_argumentsOutOfRange_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PassAtK.of(-1, 0, 1))
        .withMessage("n: -1 (expected: >= 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PassAtK.of(4, 5, 1))
        .withMessage("correct: 5 (expected: in [0, 4])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PassAtK.of(4, -1, 1))
        .withMessage("correct: -1 (expected: in [0, 4])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PassAtK.of(4, 2, 0))
        .withMessage("k: 0 (expected: >= 1)");
  }

  private static void close(int n, int correct, int k, double expected) {
    assertThat(value(n, correct, k))
        .as("n %d, correct %d, k %d", n, correct, k)
        .isCloseTo(expected, within(1e-14));
  }

  private static double value(int n, int correct, int k) {
    return PassAtK.of(n, correct, k).orElseThrow();
  }

  private static void forAll(Check check) {
    for (int n = 1; n <= MOST; n++) {
      for (int correct = 0; correct <= n; correct++) {
        check.of(n, correct);
      }
    }
  }

  private interface Check {
    void of(int n, int correct);
  }
}
