// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.KernelServer.GROUP;
import static io.gcpo.advantage.server.grpc.Kernels.cosine;
import static io.gcpo.advantage.server.grpc.Kernels.kernel;
import static io.gcpo.advantage.server.grpc.Kernels.lexical;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Kernels.named;
import static io.gcpo.advantage.server.grpc.Kernels.power;
import static io.gcpo.advantage.server.grpc.Kernels.product;
import static io.gcpo.advantage.server.grpc.Kernels.similarities;
import static io.gcpo.advantage.server.grpc.Kernels.tempered;
import static io.gcpo.advantage.server.grpc.Kernels.term;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelCalibration;
import io.gcpo.advantage.v1.KernelPower;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StepKind;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.TemperedKernel;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that are put together, and temperatures, from the request to the answer. */
final class KernelScaleTest {
  private final KernelServer server = new KernelServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void composite_isComputedAndEchoed() {
    CompositeKernel lexical =
        CompositeKernel.newBuilder().setLexical(LexicalKernel.newBuilder().setOrder(1)).build();
    CompositeKernel steps =
        CompositeKernel.newBuilder()
            .setSteps(StepsKernel.newBuilder().setKind(StepKind.STEP_KIND_MATH))
            .build();
    CompositeKernel power =
        CompositeKernel.newBuilder()
            .setPower(KernelPower.newBuilder().setBase(lexical).setExponent(3))
            .build();
    CompositeKernel tempered =
        CompositeKernel.newBuilder()
            .setTempered(TemperedKernel.newBuilder().setBase(cosine()).setTemperature(0.25))
            .build();
    CompositeKernel composite =
        CompositeKernel.newBuilder()
            .setSum(
                KernelSum.newBuilder()
                    .addTerms(term(3, product(steps, power)))
                    .addTerms(term(1, tempered)))
            .build();

    GroupAdvantages answer =
        server.compute(GROUP, AdvantageConfig.newBuilder().setCompositeKernel(composite));

    assertThat(answer.getConfig().getCompositeKernel()).isEqualTo(composite);
    assertThat(answer.getConfig().getKernel()).isEqualTo(Kernel.KERNEL_UNSPECIFIED);
    double expected =
        (3 * entry(steps) * Math.pow(entry(lexical), 3) + Math.exp(-(1 - entry(cosine())) / 0.25))
            / 4;
    assertThat(similarities(answer)[0][2]).isCloseTo(expected, within(1e-14));
  }

  @Test
  void temperature_replacesTheKernelsOwn() {
    double cosine = entry(cosine());

    GroupAdvantages rbf =
        server.compute(GROUP, kernel(Kernel.KERNEL_EMBEDDING_RBF).setKernelTemperature(0.5));

    assertThat(similarities(rbf)[0][2]).isCloseTo(Math.exp(-(1 - cosine) / 0.5), within(1e-14));
    assertThat(rbf.getKernel().getTemperature()).isEqualTo(0.5);
    assertThat(rbf.getConfig().getKernelTemperature()).isEqualTo(0.5);
    assertThat(similarities(server.compute(GROUP, kernel(Kernel.KERNEL_EMBEDDING_RBF)))[0][2])
        .isLessThan(similarities(rbf)[0][2]);
  }

  @Test
  void calibration_bringsTheMedianOfCorrectRolloutsToOneHalf() {
    RolloutGroup group =
        GROUP.toBuilder()
            .setSimilarityF64Le(matrix(1, 0.9, 0.8, 0, 0.9, 1, 0.8, 0, 0.8, 0.8, 1, 0, 0, 0, 0, 1))
            .build();

    GroupAdvantages answer =
        server.compute(
            group,
            kernel(Kernel.KERNEL_PRECOMPUTED)
                .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN));

    assertThat(answer.getKernel().getMedianSimilarity()).isEqualTo(0.8);
    assertThat(answer.getKernel().getTemperature()).isCloseTo(0.2 / Math.log(2), within(1e-15));
    assertThat(similarities(answer)[0][2]).isCloseTo(0.5, within(1e-15));
    assertThat(answer.getConfig().getKernelCalibration())
        .isEqualTo(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);
    assertThat(answer.getConfig().hasKernelTemperature()).isFalse();
  }

  @Test
  void oneCorrectRollout_hasNoMedian() {
    RolloutGroup.Builder group = GROUP.toBuilder();
    group.getRolloutsBuilder(1).setReward(0);
    group.getRolloutsBuilder(2).setReward(0);

    GroupAdvantages answer = server.compute(group.build(), kernel(Kernel.KERNEL_LEXICAL));

    assertThat(answer.hasKernel()).isTrue();
    assertThat(answer.getKernel().hasMedianSimilarity()).isFalse();
  }

  @Test
  void kernelOfAGroup_replacesTheRequests() {
    RolloutGroup named =
        GROUP.toBuilder().setConfig(kernel(Kernel.KERNEL_CLUSTER).setKernelTemperature(2)).build();
    RolloutGroup composite =
        GROUP.toBuilder()
            .setConfig(AdvantageConfig.newBuilder().setCompositeKernel(product(cosine())))
            .build();
    AdvantageConfig.Builder request =
        AdvantageConfig.newBuilder()
            .setCompositeKernel(product(named(Kernel.KERNEL_LEXICAL), cosine()))
            .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);

    AdvantageConfig first = server.compute(named, request).getConfig();
    AdvantageConfig second = server.compute(composite, request).getConfig();
    AdvantageConfig third = server.compute(composite, kernel(Kernel.KERNEL_MATH)).getConfig();

    assertThat(first.getKernel()).isEqualTo(Kernel.KERNEL_CLUSTER);
    assertThat(first.getKernelTemperature()).isEqualTo(2);
    assertThat(first.getKernelCalibration()).isEqualTo(KernelCalibration.KERNEL_CALIBRATION_NONE);
    assertThat(second.getCompositeKernel()).isEqualTo(product(cosine()));
    assertThat(second.getKernelCalibration())
        .isEqualTo(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);
    assertThat(third.getCompositeKernel()).isEqualTo(product(cosine()));
  }

  @Test
  void groupThatNamesTheDefaultEstimator_keepsTheRequestsParameters() {
    RolloutGroup named =
        GROUP.toBuilder()
            .setConfig(
                kernel(Kernel.KERNEL_LEXICAL).setEstimator(Estimator.ESTIMATOR_GCPO_COOPERATIVE))
            .build();

    assertThat(
            server.compute(named, AdvantageConfig.newBuilder().setAlpha(10)).getConfig().getAlpha())
        .isEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void configOfTheAnswer_sentBack_givesTheSameAnswer(AdvantageConfig config) {
    GroupAdvantages answer = server.compute(GROUP, config.toBuilder());

    assertThat(server.compute(GROUP, answer.getConfig().toBuilder())).isEqualTo(answer);
    assertThat(
            server.compute(
                GROUP.toBuilder().setConfig(answer.getConfig()).build(),
                kernel(Kernel.KERNEL_CLUSTER).setKernelTemperature(3)))
        .isEqualTo(answer);
  }

  /** Every name and some composites: as they are, with a temperature, and calibrated. */
  static Stream<AdvantageConfig> kernels() {
    Stream<AdvantageConfig.Builder> named =
        Arrays.stream(Kernel.values())
            .filter(kernel -> kernel != Kernel.UNRECOGNIZED)
            .map(kernel -> kernel(kernel));
    Stream<AdvantageConfig.Builder> composite =
        Stream.of(
                named(Kernel.KERNEL_MATH),
                product(named(Kernel.KERNEL_GENERAL), power(3, lexical(1))),
                tempered(0.25, tempered(0.5, cosine())))
            .map(kernel -> AdvantageConfig.newBuilder().setCompositeKernel(kernel));
    return Stream.concat(named, composite)
        .flatMap(
            config ->
                Stream.of(
                    config.build(),
                    config.clone().setKernelTemperature(0.3).build(),
                    config
                        .clone()
                        .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN)
                        .build()));
  }

  /** K of the first and the third rollout. */
  private double entry(CompositeKernel kernel) {
    return similarities(
        server.compute(GROUP, AdvantageConfig.newBuilder().setCompositeKernel(kernel)))[0][2];
  }
}
