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
      SymmetricMatrix gram = RandomMatrices.gram(size, 4, seed);
      double[] target = new double[size * size];
      SchurComplement.condition(gram.toArray(), target, size, 2);
      for (int i = 3; i < size; i++) {
        for (int k = 3; k <= i; k++) {
          double expected = gram.get(i, k) - gram.get(i, 2) * gram.get(k, 2) / (1 + gram.get(2, 2));
          assertThat(target[i * size + k]).as("seed %d", seed).isCloseTo(expected, within(1e-13));
        }
      }
    }
  }

  @Test
  void condition_hugeDuplicates_keepsThemExact() {
    double[] matrix = {1e15, 1e15, 1e15, 1e15};
    SchurComplement.condition(matrix, matrix, 2, 0);
    assertThat(matrix[3]).isCloseTo(1, within(1e-14));
  }

  @Test
  void condition_noiseBeyondTheBound_keepsTheDiagonalNonNegative() {
    double[] matrix = {1e-10, 1e20, 1e20, 1e-10};
    SchurComplement.condition(matrix, matrix, 2, 0);
    assertThat(matrix[3]).isBetween(0.0, 1e-10);
  }
}
