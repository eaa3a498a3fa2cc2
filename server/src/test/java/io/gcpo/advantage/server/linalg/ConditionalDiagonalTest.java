// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConditionalDiagonalTest {

  @Test
  void of_randomGram_equalsEliminationWithTheRowLast() {
    for (int seed = 0; seed < 200; seed++) {
      int size = 1 + seed % 13;
      SymmetricMatrix gram = RandomMatrices.gram(size, 5, seed);
      double[] diagonal = ConditionalDiagonal.of(gram.toRows());
      for (int i = 0; i < size; i++) {
        int last = i;
        double[][] rows =
            gram.principal(
                    IntStream.concat(
                            IntStream.range(0, size).filter(k -> k != last), IntStream.of(last))
                        .toArray())
                .toRows();
        SchurComplement.eliminate(rows);
        double expected = rows[size - 1][size - 1];
        assertThat(diagonal[i])
            .as("seed %d, row %d", seed, i)
            .isCloseTo(expected, within(1e-12 * expected));
      }
    }
  }

  @Test
  void of_smallEntryBesideLargeOnes_keepsItsRelativePrecision() {
    double[] scale = {1e4, 1e-20, 1e3};
    SymmetricMatrix matrix =
        SymmetricMatrix.of(3, (i, j) -> scale[i] * scale[j] * (i == j ? 1 : 0.5));
    // Both large rows given, what is left of the small one is 1 - 1/3 of it.
    assertThat(ConditionalDiagonal.of(matrix.toRows())[1] / 1e-40).isCloseTo(2 / 3.0, within(1e-6));
  }

  @Test
  void of_copies_areLeftTheirShareOfOne() {
    double[] diagonal = ConditionalDiagonal.of(SymmetricMatrix.of(8, (i, j) -> 1e15).toRows());
    for (int i = 0; i < 8; i++) {
      assertThat(diagonal[i]).isCloseTo(1 / 7.0, within(1e-14));
    }
  }

  @Test
  void of_emptyAndSingle_areTheirDiagonal() {
    assertThat(ConditionalDiagonal.of(new double[0][])).isEmpty();
    assertThat(ConditionalDiagonal.of(new double[][] {{3}})).containsExactly(3);
  }
}
