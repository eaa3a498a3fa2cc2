// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.diversity.kernel.EmbeddingCosine;
import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.kernel.PowerKernel;
import io.gcpo.advantage.server.diversity.kernel.ProductKernel;
import io.gcpo.advantage.server.diversity.kernel.SimilarityKernel;
import io.gcpo.advantage.server.diversity.kernel.SumKernel;
import io.gcpo.advantage.server.diversity.kernel.TemperedKernel;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.testing.Computed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RoundingGrowthTest {
  private static final SimilarityKernel COSINE = new EmbeddingCosine();

  @Test
  void of_eachOperation_isItsSlope() {
    SimilarityKernel power = new PowerKernel(COSINE, 3);
    SimilarityKernel tempered = new TemperedKernel(power, 0.5);

    assertThat(growth(COSINE)).isEqualTo(1);
    assertThat(growth(power)).isEqualTo(3);
    assertThat(growth(tempered)).isEqualTo(6);
    assertThat(growth(new ProductKernel(List.of(tempered, power, COSINE)))).isEqualTo(10);
    assertThat(
            growth(
                new SumKernel(
                    List.of(new SumKernel.Term(9, power), new SumKernel.Term(1, tempered)))))
        .isEqualTo(6);
  }

  @Test
  void of_plan_countsItsOwnTemperature() {
    KernelPlan plan = KernelPlan.of(new PowerKernel(COSINE, 3));

    assertThat(RoundingGrowth.of(plan.withTemperature(0.25))).isEqualTo(12);
    assertThat(RoundingGrowth.of(plan.withTemperature(1000))).isEqualTo(3);
    assertThat(RoundingGrowth.of(plan.withCalibration())).isEqualTo(300);
  }

  @Test
  void of_highTemperature_doesNotMakeUpForALowOneAroundIt() {
    assertThat(growth(new TemperedKernel(new TemperedKernel(COSINE, 1000), 0.001))).isEqualTo(1000);
  }

  @Test
  void of_namedKernels_isFarBelowTheLargest() {
    for (NamedKernel name : NamedKernel.values()) {
      assertThat(RoundingGrowth.of(name.plan().withTemperature(0.001)))
          .as("%s", name)
          .isLessThan(RoundingGrowth.MAX);
    }
  }

  /** On an arc of near duplicates, the hardest of all groups. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7})
  void largest_leavesKernelsPositiveSemiDefinite(double step) {
    FloatMatrix arc =
        FloatMatrix.fill(
            16,
            2,
            (row, target, offset) -> {
              target[offset] = (float) StrictMath.cos(step * row);
              target[offset + 1] = (float) StrictMath.sin(step * row);
            });
    for (SimilarityKernel kernel :
        List.of(
            new TemperedKernel(new TemperedKernel(COSINE, 0.001), 0.001),
            new TemperedKernel(new TemperedKernel(new TemperedKernel(COSINE, 1000), 0.001), 0.001),
            new PowerKernel(new PowerKernel(new PowerKernel(COSINE, 64), 64), 64),
            new PowerKernel(new TemperedKernel(new TemperedKernel(COSINE, 0.01), 0.01), 64))) {
      assertThat(growth(kernel)).isLessThanOrEqualTo(RoundingGrowth.MAX);
      assertThat(SymmetricEigen.valuesOf(kernel.of(Computed.compared(arc))).min())
          .as("%s", kernel)
          .isGreaterThanOrEqualTo(-1e-10 * 16);
    }
  }

  private static double growth(SimilarityKernel kernel) {
    return RoundingGrowth.of(KernelPlan.of(kernel));
  }
}
