// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymmetricEigenTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 64})
  void of_randomMatrices_reconstructs(int size) {
    for (int seed = 0; seed < 20; seed++) {
      assertDecomposes(RandomMatrices.gaussian(size, seed), "gaussian, seed " + seed);
      assertDecomposes(RandomMatrices.gram(size, size / 2 + 1, seed), "gram, seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 64})
  void of_specialMatrices_reconstructs(int size) {
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> 0), "zero");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> 1), "ones");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> i == j ? 1 : 0), "identity");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> i == j ? -i : 0), "diagonal");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> i - j == 1 ? 1 : 0), "path");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> i / 3 == j / 3 ? 1 : 0), "blocks");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> Math.pow(10, -i - j)), "graded down");
    assertDecomposes(
        SymmetricMatrix.of(size, (i, j) -> Math.pow(10, i + j - 2 * size)), "graded up");
    assertDecomposes(SymmetricMatrix.of(size, (i, j) -> 1.0 / (i + j + 1)), "Hilbert");
    assertDecomposes(
        SymmetricMatrix.of(size, (i, j) -> i == j ? 1 : i - j == 2 ? 1e-160 : 0), "faint");
  }

  @Test
  void valuesOf_pathGraph_hasKnownEigenvalues() {
    int size = 17;
    Vector values = SymmetricEigen.valuesOf(SymmetricMatrix.of(size, (i, j) -> i - j == 1 ? 1 : 0));
    for (int k = 0; k < size; k++) {
      assertThat(values.get(k))
          .isCloseTo(2 * Math.cos(Math.PI * (size - k) / (size + 1)), within(1e-14));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-290, 1e-30, 1e54, 1e290})
  void of_extremeScale_neitherOverflowsNorUnderflows(double scale) {
    SymmetricMatrix base = RandomMatrices.gram(5, 5, 1);
    Vector expected = SymmetricEigen.valuesOf(base);
    Vector values =
        SymmetricEigen.of(SymmetricMatrix.of(5, (i, j) -> base.get(i, j) * scale)).values();
    for (int k = 0; k < 5; k++) {
      assertThat(values.get(k) / scale).isCloseTo(expected.get(k), within(1e-12));
    }
  }

  @Test
  void of_empty_hasNothing() {
    assertThat(SymmetricEigen.of(SymmetricMatrix.of(0, (i, j) -> 1)).values().size()).isZero();
  }

  private static void assertDecomposes(SymmetricMatrix matrix, String description) {
    int size = matrix.size();
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    double norm = 0;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        norm = Math.max(norm, Math.abs(matrix.get(i, j)) * size);
      }
    }
    Vector valuesAlone = SymmetricEigen.valuesOf(matrix);
    double valueError = 0;
    double entryError = 0;
    double productError = 0;
    for (int i = 0; i < size; i++) {
      valueError = Math.max(valueError, Math.abs(valuesAlone.get(i) - eigen.values().get(i)));
      assertThat(eigen.values().get(i))
          .as(description)
          .isGreaterThanOrEqualTo(eigen.values().get(Math.max(0, i - 1)));
      for (int j = 0; j < size; j++) {
        double entry = 0;
        double product = 0;
        for (int k = 0; k < size; k++) {
          entry += eigen.component(i, k) * eigen.values().get(k) * eigen.component(j, k);
          product += eigen.component(k, i) * eigen.component(k, j);
        }
        entryError = Math.max(entryError, Math.abs(entry - matrix.get(i, j)));
        productError = Math.max(productError, Math.abs(product - (i == j ? 1 : 0)));
      }
    }
    double tolerance = 1e-14 * size;
    assertThat(valueError).as(description).isLessThanOrEqualTo(tolerance * norm);
    assertThat(entryError).as(description).isLessThanOrEqualTo(tolerance * norm);
    assertThat(productError).as(description).isLessThanOrEqualTo(tolerance);
  }
}
