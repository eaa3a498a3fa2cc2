// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PrecomputedCheckTest {

  @Test
  void of_kernel_isKeptToTheBit() {
    assertThat(accepted(2, 1, 0.3, 0.3, 1)).isEqualTo(Compared.matrix(new double[] {0.3}));
    assertThat(accepted(2, 1, -1, -1, 1)).isEqualTo(Compared.matrix(new double[] {-1}));
    assertThat(accepted(0)).isEqualTo(SymmetricMatrix.of(0, (i, j) -> 1));
    assertThat(accepted(1, 1)).isEqualTo(Compared.matrix());
  }

  @Test
  void of_roundedEntries_areMended() {
    assertThat(accepted(2, 1 - 9e-7, 1 + 8e-7, 1 + 4e-7, 1 + 9e-7))
        .isEqualTo(Compared.matrix(new double[] {1}));
    assertThat(accepted(2, 1, 0.25, 0.25 + Math.scalb(1.0, -20), 1))
        .isEqualTo(Compared.matrix(new double[] {0.25 + Math.scalb(1.0, -21)}));
  }

  @Test
  void of_wrongEntries_areNamed() {
    assertRejected("[0][1]: 1.4 (expected: in [-1, 1])", new double[] {1, 1.4, 0.4, 1});
    assertRejected("[1][0]: -1.4 (expected: in [-1, 1])", new double[] {1, 1, -1.4, 1});
    assertRejected("[1][0]: NaN (expected: in [-1, 1])", new double[] {1, 1, Double.NaN, 1});
    assertRejected(
        "[1][1]: Infinity (expected: in [-1, 1])",
        new double[] {1, 1, 1, Double.POSITIVE_INFINITY});
    assertRejected("[0][0]: 0.9 (expected: 1)", new double[] {0.9, 0, 0, 1});
    assertRejected("[0][0]: -1.0 (expected: 1)", new double[] {-1, 0, 0, 1});
    assertRejected("[0][1]: 0.5 (expected: 0.4, as [1][0])", new double[] {1, 0.5, 0.4, 1});
  }

  @Test
  void of_beyondEachTolerance_isRejected() {
    assertRejected("[0][1]: 1.000002 (expected: in [-1, 1])", new double[] {1, 1.000002, 1, 1});
    assertRejected("[1][1]: 0.999998 (expected: 1)", new double[] {1, 0, 0, 0.999998});
    assertRejected(
        "[0][1]: 0.5 (expected: 0.500002, as [1][0])", new double[] {1, 0.5, 0.500002, 1});
  }

  @Test
  void of_wrongSize_isRejected() {
    assertThat(check(2, 1, 0, 1))
        .isEqualTo(
            new CheckedSimilarities.Rejected(List.of("3 values (expected: 2 * 2, row by row)"), 0));
    assertThat(check(1 << 16)).isInstanceOf(CheckedSimilarities.Rejected.class);
  }

  @Test
  void of_manyWrongEntries_reportsTenInOrderAndCountsTheRest() {
    CheckedSimilarities.Rejected rejected =
        (CheckedSimilarities.Rejected)
            check(4, IntStream.range(0, 16).mapToDouble(k -> 2 + k).toArray());
    assertThat(rejected.problems())
        .hasSize(10)
        .startsWith("[0][0]: 2.0 (expected: in [-1, 1])", "[0][1]: 3.0 (expected: in [-1, 1])")
        .endsWith("[2][1]: 11.0 (expected: in [-1, 1])");
    assertThat(rejected.more()).isEqualTo(6);
  }

  @Test
  void of_indefinite_isRejected() {
    // Two opposites cannot both equal a third.
    CheckedSimilarities.Rejected rejected =
        (CheckedSimilarities.Rejected) check(3, 1, 1, 1, 1, 1, -1, 1, -1, 1);
    assertThat(rejected.more()).isZero();
    assertThat(rejected.problems())
        .singleElement()
        .asString()
        .startsWith("smallest eigenvalue: -")
        .endsWith(" (expected: >= -3.0E-6)");
  }

  @Test
  void of_float32Kernels_areRepaired() {
    int repaired = 0;
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup group = new RandomGroups(seed).next(12);
      SymmetricMatrix exact = CosineKernel.of(group.embeddings());
      if (IntStream.range(0, exact.size()).anyMatch(i -> exact.get(i, i) == 0)) {
        continue; // A zero vector is no content.
      }
      int count = exact.size();
      double[] rounded = new double[count * count];
      for (int k = 0; k < rounded.length; k++) {
        rounded[k] = (float) exact.get(k / count, k % count);
      }
      SymmetricMatrix kernel = accepted(count, rounded);
      assertThat(SymmetricEigen.valuesOf(kernel).min())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(-1e-10 * count);
      for (int i = 0; i < count; i++) {
        assertThat(kernel.get(i, i)).as("seed %d", seed).isEqualTo(1);
        for (int j = 0; j < i; j++) {
          assertThat(kernel.get(i, j))
              .as("seed %d", seed)
              .isEqualTo(kernel.get(j, i))
              .isCloseTo(rounded[i * count + j], within(2e-6 * count));
        }
      }
      int[] order = new RandomGroups(-seed).nextOrder(count);
      double[] reordered = new double[count * count];
      for (int k = 0; k < reordered.length; k++) {
        reordered[k] = rounded[order[k / count] * count + order[k % count]];
      }
      assertThat(accepted(count, reordered)).as("seed %d", seed).isEqualTo(kernel.principal(order));
      repaired +=
          kernel.equals(SymmetricMatrix.of(count, (i, j) -> rounded[i * count + j])) ? 0 : 1;
    }
    assertThat(repaired).as("kernels that rounding made indefinite").isGreaterThan(100);
  }

  @Test
  void of_eigenvalueInTolerance_isLiftedByAPowerOfTwo() {
    // The smallest eigenvalue is (2 + x - sqrt(x^2 + 8)) / 2 = -3.3e-7, and 2^-21 = 4.8e-7.
    double x = 1 - 1e-6;
    SymmetricMatrix kernel = accepted(3, 1, 1, 1, 1, 1, x, 1, x, 1);
    double lift = 1 / kernel.get(0, 1) - 1;
    assertThat(lift).isCloseTo(Math.scalb(1.0, -21), within(1e-15));
    assertThat(kernel.get(1, 2)).isEqualTo(x / (1 + Math.scalb(1.0, -21)));
  }

  @Test
  void of_eigenvalueJustBelowZero_leavesTemperedKernelsPositiveSemiDefinite() {
    double x = 1 - 1e-11; // The smallest eigenvalue is -3.3e-12.
    SymmetricMatrix tempered = TemperedKernel.temper(accepted(3, 1, 1, 1, 1, 1, x, 1, x, 1), 0.001);
    assertThat(SymmetricEigen.valuesOf(tempered).min()).isGreaterThanOrEqualTo(-1e-10 * 3);
  }

  private static SymmetricMatrix accepted(int count, double... values) {
    return ((CheckedSimilarities.Accepted) check(count, values)).matrix();
  }

  /** One part after the other. */
  private static CheckedSimilarities check(int count, double... values) {
    CheckedSimilarities entries = PrecomputedCheck.ofEntries(count, values);
    return entries instanceof CheckedSimilarities.Accepted accepted
        ? PrecomputedCheck.ofSpectrum(accepted.matrix())
        : entries;
  }

  private static void assertRejected(String problem, double... values) {
    assertThat(check(2, values)).isEqualTo(new CheckedSimilarities.Rejected(List.of(problem), 0));
  }
}
