// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SchurComplementTest {

  @Test
  void condition_randomGram_equalsTheDefinition() {
    int size = 7;
    for (int seed = 0; seed < 100; seed++) {
      double weight = seed % 4;
      SymmetricMatrix gram = RandomMatrices.gram(size, 4, seed);
      double[][] target = new double[size][size];
      SchurComplement.condition(gram.toRows(), target, 2, weight);
      for (int i = 3; i < size; i++) {
        for (int k = i; k < size; k++) {
          double expected =
              gram.get(i, k)
                  - weight * gram.get(i, 2) * gram.get(k, 2) / (1 + weight * gram.get(2, 2));
          assertThat(target[i][k]).as("seed %d", seed).isCloseTo(expected, within(1e-13));
        }
      }
    }
  }

  @Test
  void condition_weight_countsCopies() {
    SymmetricMatrix gram = RandomMatrices.gram(4, 3, 5);
    double[][] weighted = gram.toRows();
    SchurComplement.condition(weighted, weighted, 0, 3);
    double[][] copied = gram.principal(0, 0, 0, 1, 2, 3).toRows();
    for (int given = 0; given < 3; given++) {
      SchurComplement.condition(copied, copied, given, 1);
    }
    for (int i = 1; i < 4; i++) {
      for (int k = i; k < 4; k++) {
        assertThat(weighted[i][k]).isCloseTo(copied[i + 2][k + 2], within(1e-14));
      }
    }
  }

  @Test
  void condition_hugeDuplicates_keepsThemExact() {
    double[][] matrix = {{1e15, 1e15}, {1e15, 1e15}};
    SchurComplement.condition(matrix, matrix, 0, 1);
    assertThat(matrix[1][1]).isCloseTo(1, within(1e-14));
  }

  @Test
  void condition_noiseBeyondTheBound_keepsTheDiagonalNonNegative() {
    double[][] matrix = {{1e-10, 1e20}, {1e20, 1e-10}};
    SchurComplement.condition(matrix, matrix, 0, 1);
    assertThat(matrix[1][1]).isBetween(0.0, 1e-10);
  }

  @Test
  void of_someRowsGiven_equalsEliminationInThatOrder() {
    SymmetricMatrix gram = RandomMatrices.gram(6, 4, 3);
    double[][] eliminated = gram.principal(4, 1, 0, 5, 2, 3).toRows();
    SchurComplement.condition(eliminated, eliminated, 0, 1);
    SchurComplement.condition(eliminated, eliminated, 1, 1);
    double[][] complement =
        SchurComplement.of(gram.toRows(), new int[] {4, 1}, new int[] {0, 5, 2, 3});
    for (int i = 0; i < 4; i++) {
      for (int k = i; k < 4; k++) {
        assertThat(complement[i][k]).isEqualTo(eliminated[i + 2][k + 2]);
      }
    }
  }
}
