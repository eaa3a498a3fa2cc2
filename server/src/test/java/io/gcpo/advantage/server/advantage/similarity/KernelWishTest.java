// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.diversity.kernel.EmbeddingCosine;
import io.gcpo.advantage.server.diversity.kernel.KernelPlan;
import io.gcpo.advantage.server.diversity.kernel.Lexical;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.kernel.PowerKernel;
import io.gcpo.advantage.server.diversity.kernel.ProductKernel;
import io.gcpo.advantage.server.diversity.kernel.Steps;
import io.gcpo.advantage.server.diversity.kernel.SumKernel;
import io.gcpo.advantage.server.diversity.kernel.TemperedKernel;
import io.gcpo.advantage.server.diversity.steps.StepKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class KernelWishTest {
  private static final KernelForm COSINE = new KernelForm.Named(NamedKernel.EMBEDDING_COSINE);
  private static final KernelForm RBF = new KernelForm.Named(NamedKernel.EMBEDDING_RBF);

  private final AdvantageEstimator cooperative = estimator("GCPO_COOPERATIVE");
  private final AdvantageEstimator darling = estimator("DARLING");

  @Test
  void nothing_isTheEstimatorsOwnOrByWhatThereIs() {
    assertThat(KernelWish.NOTHING.decide(cooperative, true).form())
        .isEqualTo(new KernelForm.Named(DefaultKernels.WITH_TEXTS));
    assertThat(KernelWish.NOTHING.decide(cooperative, false).form())
        .isEqualTo(new KernelForm.Named(DefaultKernels.WITHOUT_TEXTS));
    assertThat(KernelWish.NOTHING.decide(darling, true).form()).isEqualTo(COSINE);
  }

  @Test
  void temperature_replacesTheOutermostAlone() {
    KernelForm nested = new KernelForm.Tempered(new KernelForm.Tempered(COSINE, 0.5), 0.25);

    assertThat(plan(nested, OptionalDouble.empty(), Optional.empty()))
        .isEqualTo(
            KernelPlan.of(new TemperedKernel(new EmbeddingCosine(), 0.5)).withTemperature(0.25));
    assertThat(plan(nested, OptionalDouble.of(2), Optional.of(KernelCalibration.NONE)))
        .isEqualTo(
            KernelPlan.of(new TemperedKernel(new EmbeddingCosine(), 0.5)).withTemperature(2));
    assertThat(plan(RBF, OptionalDouble.of(2), Optional.empty()))
        .isEqualTo(KernelPlan.of(new EmbeddingCosine()).withTemperature(2));
  }

  @Test
  void calibration_replacesTheKernelsOwnTemperature() {
    assertThat(plan(RBF, OptionalDouble.empty(), Optional.of(KernelCalibration.GROUP_MEDIAN)))
        .isEqualTo(KernelPlan.of(new EmbeddingCosine()).withCalibration());
    assertThat(plan(RBF, OptionalDouble.empty(), Optional.of(KernelCalibration.NONE)))
        .isEqualTo(NamedKernel.EMBEDDING_RBF.plan());
  }

  @Test
  void composite_isBuiltAsItIsWritten() {
    KernelForm form =
        new KernelForm.Sum(
            List.of(
                new KernelForm.Term(2, new KernelForm.Power(new KernelForm.Lexical(3), 4)),
                new KernelForm.Term(
                    1,
                    new KernelForm.Product(
                        List.of(RBF, new KernelForm.Steps(StepKind.SENTENCES))))));

    assertThat(form.plan())
        .isEqualTo(
            KernelPlan.of(
                new SumKernel(
                    List.of(
                        new SumKernel.Term(2, new PowerKernel(new Lexical(3), 4)),
                        new SumKernel.Term(
                            1,
                            new ProductKernel(
                                List.of(
                                    new TemperedKernel(
                                        new EmbeddingCosine(),
                                        NamedKernel.EMBEDDING_RBF
                                            .plan()
                                            .temperature()
                                            .orElseThrow()),
                                    new Steps(StepKind.SENTENCES))))))));
  }

  private KernelPlan plan(
      KernelForm form, OptionalDouble temperature, Optional<KernelCalibration> calibration) {
    return new KernelWish(Optional.of(form), temperature, calibration)
        .decide(cooperative, true)
        .plan();
  }

  private static AdvantageEstimator estimator(String name) {
    return new EstimatorRegistry().byName(name).orElseThrow();
  }
}
