// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Products, sums, powers and temperatures of kernels. */
final class CompositeKernelsTest {
  private static final SimilarityKernel COSINE = new EmbeddingCosine();
  private static final SimilarityKernel GIVEN = new Precomputed();
  private static final SimilarityKernel LEXICAL = new Lexical(2);

  @Test
  void product_isEntrywise() {
    SymmetricMatrix kernel =
        new ProductKernel(List.of(GIVEN, GIVEN, GIVEN)).of(given(0.5, -0.5, 1));
    assertThat(kernel).isEqualTo(matrix(0.125, -0.125, 1));
  }

  @Test
  void power_isEntrywise() {
    assertThat(new PowerKernel(GIVEN, 1).of(given(0.5, -0.5, 0))).isEqualTo(matrix(0.5, -0.5, 0));
    assertThat(new PowerKernel(GIVEN, 2).of(given(0.5, -0.5, 0))).isEqualTo(matrix(0.25, 0.25, 0));
    assertThat(new PowerKernel(GIVEN, 64).of(given(0.5, -1, 1)))
        .isEqualTo(matrix(Math.scalb(1.0, -64), 1, 1));
  }

  @Test
  void tempered_isTheExponentialOfTheDistance() {
    SymmetricMatrix kernel = new TemperedKernel(GIVEN, 0.5).of(given(1, 0.5, -1));
    assertThat(kernel).isEqualTo(matrix(1, StrictMath.exp(-1), StrictMath.exp(-4)));
  }

  @Test
  void tempered_cosine_isTheGaussianKernelOfTheSphere() {
    ComparedRollouts rollouts = Compared.embeddings(new float[] {3, 4}, new float[] {4, 3});
    double squaredDistance = 2 * 0.2 * 0.2; // of (0.6, 0.8) and (0.8, 0.6)
    assertThat(new TemperedKernel(COSINE, 0.1).of(rollouts).get(0, 1))
        .isCloseTo(Math.exp(-squaredDistance / (2 * 0.1)), within(1e-15));
  }

  @Test
  void sum_weighsTheTerms() {
    ComparedRollouts rollouts = Compared.embeddings(new float[] {3, 4}, new float[] {4, 3});
    SumKernel sum =
        new SumKernel(
            List.of(
                new SumKernel.Term(3, COSINE), new SumKernel.Term(1, new PowerKernel(COSINE, 2))));
    assertThat(sum.of(rollouts).get(0, 1))
        .isCloseTo(0.75 * 0.96 + 0.25 * 0.96 * 0.96, within(1e-15));
  }

  @Test
  void sum_ofOnes_isExactlyOneWhateverTheWeights() {
    Random random = new Random(11);
    for (int round = 0; round < 10_000; round++) {
      List<SumKernel.Term> terms = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int k = 0; k < count; k++) {
        terms.add(new SumKernel.Term(Math.pow(10, 12 * random.nextDouble() - 9), GIVEN));
      }
      SymmetricMatrix kernel = new SumKernel(terms).of(given(1, -1, 0));
      assertThat(kernel).as("round %d", round).isEqualTo(matrix(1, -1, 0));
    }
  }

  @Test
  void inputs_areThoseOfAllParts() {
    List<SimilarityKernel> parts = List.of(COSINE, LEXICAL, COSINE);
    assertThat(new ProductKernel(parts).inputs())
        .containsExactlyInAnyOrder(KernelInput.EMBEDDINGS, KernelInput.TEXTS);
    assertThat(
            new SumKernel(List.of(new SumKernel.Term(1, GIVEN), new SumKernel.Term(1, LEXICAL)))
                .inputs())
        .containsExactlyInAnyOrder(KernelInput.SIMILARITIES, KernelInput.TEXTS);
    assertThat(new PowerKernel(LEXICAL, 2).inputs()).containsExactly(KernelInput.TEXTS);
    assertThat(new TemperedKernel(LEXICAL, 2).inputs()).containsExactly(KernelInput.TEXTS);
  }

  @Test
  void parts_none_areRefused() {
    assertThatThrownBy(() -> new ProductKernel(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("factors: 0 (expected: >= 1)");
    assertThatThrownBy(() -> new SumKernel(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("terms: 0 (expected: >= 1)");
  }

  @Test
  void weight_outOfRange_isRefused() {
    for (double weight : new double[] {0, -1, 9e-10, 1.1e3, Double.NaN}) {
      assertThatThrownBy(() -> new SumKernel.Term(weight, COSINE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("weight: " + weight + " (expected: in [1.0E-9, 1000.0])");
    }
  }

  @Test
  void exponent_outOfRange_isRefused() {
    for (int exponent : new int[] {-1, 0, 65}) {
      assertThatThrownBy(() -> new PowerKernel(COSINE, exponent))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("exponent: " + exponent + " (expected: in [1, 64])");
    }
  }

  @Test
  void temperature_outOfRange_isRefused() {
    for (double temperature : new double[] {0, 0.0009, 1001, Double.NaN}) {
      assertThatThrownBy(() -> new TemperedKernel(COSINE, temperature))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("temperature: " + temperature + " (expected: in [0.001, 1000.0])");
    }
  }

  private static ComparedRollouts given(double a, double b, double c) {
    return Compared.similarities(matrix(a, b, c));
  }

  private static SymmetricMatrix matrix(double a, double b, double c) {
    return Compared.matrix(new double[] {a}, new double[] {b, c});
  }
}
