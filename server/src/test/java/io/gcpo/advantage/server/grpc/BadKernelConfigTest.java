// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Kernels.cosine;
import static io.gcpo.advantage.server.grpc.Kernels.lexical;
import static io.gcpo.advantage.server.grpc.Kernels.nested;
import static io.gcpo.advantage.server.grpc.Kernels.power;
import static io.gcpo.advantage.server.grpc.Kernels.product;
import static io.gcpo.advantage.server.grpc.Kernels.tempered;
import static io.gcpo.advantage.server.grpc.Kernels.term;
import static io.gcpo.advantage.server.grpc.Refusals.assertRefused;
import static io.gcpo.advantage.server.grpc.Refusals.refusal;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelCalibration;
import io.gcpo.advantage.v1.KernelProduct;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.WeightedKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every configuration of a kernel that cannot be had is refused, and the answer says why. */
final class BadKernelConfigTest {
  private static final String NAMES =
      "one of embedding_cosine, embedding_rbf, prompt_residual, lexical, steps, cluster,"
          + " precomputed, math, code, general, embedding_only";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.with(new FakeEmbedder(), Map.of("limits.max-text-bytes", "100"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void kernelByNameAndComposite_isRefused() {
    assertConfigRefused(
        AdvantageConfig.newBuilder()
            .setKernel(Kernel.KERNEL_MATH)
            .setCompositeKernel(product(cosine())),
        "config.composite_kernel: set (expected: left out, as kernel is set)");
  }

  @Test
  void temperatureGivenAndCalibrated_isRefused() {
    assertConfigRefused(
        AdvantageConfig.newBuilder()
            .setKernelTemperature(0.5)
            .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN),
        "config.kernel_calibration:"
            + " GROUP_MEDIAN (expected: none, as kernel_temperature is set)");
  }

  @Test
  void weightsAndNamesOutOfRange_areRefusedWithFullPaths() {
    String terms = "config.composite_kernel.sum.terms";
    assertConfigRefused(
        sum(
            term(1, CompositeKernel.getDefaultInstance()),
            term(-1, cosine()),
            term(Double.NaN, named(0)),
            term(1000.5, named(99))),
        terms
            + "[0].kernel:"
            + " empty (expected: one of named, lexical, steps, product, sum, power, tempered)",
        terms + "[1].weight: -1.0 (expected: in [1.0E-9, 1000])",
        terms + "[2].weight: NaN (expected: in [1.0E-9, 1000])",
        terms + "[2].kernel.named: 0 (expected: " + NAMES + ")",
        terms + "[3].weight: 1000.5 (expected: in [1.0E-9, 1000])",
        terms + "[3].kernel.named: 99 (expected: " + NAMES + ")");
  }

  @Test
  void formsOutOfRange_areRefusedWithFullPaths() {
    String terms = "config.composite_kernel.sum.terms";
    assertConfigRefused(
        sum(
            term(1, lexical(0)),
            term(1, lexical(-1)),
            term(1, steps(77)),
            term(1, power(65, cosine())),
            term(1, tempered(0, cosine())),
            term(1, product()),
            term(1, CompositeKernel.newBuilder().setSum(KernelSum.newBuilder()).build())),
        terms + "[0].kernel.lexical.order: 0 (expected: in [1, 8])",
        terms + "[1].kernel.lexical.order: 4294967295 (expected: in [1, 8])",
        terms + "[2].kernel.steps.kind: 77 (expected: one of [AUTO, MATH, CODE, SENTENCES])",
        terms + "[3].kernel.power.exponent: 65 (expected: in [1, 64])",
        terms + "[4].kernel.tempered.temperature: 0.0 (expected: in [0.001, 1000])",
        terms + "[5].kernel.product.factors: empty (expected: at least one)",
        terms + "[6].kernel.sum.terms: empty (expected: at least one)");
  }

  @Test
  void compositesThatWouldShowRounding_areRefused() {
    CompositeKernel two = tempered(0.001, tempered(0.001, cosine()));
    AdvantageConfig.Builder inSum = sum(term(1, cosine()), term(1, two));

    assertThat(compute(inSum)).isEmpty();
    assertConfigRefused(inSum.clone().setKernelTemperature(0.5), growth("2000000.0"));
    assertConfigRefused(
        inSum.clone().setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN),
        growth("1.0E8"));
    assertConfigRefused(sum(term(1, product(cosine(), two))), growth("1000001.0"));
    assertConfigRefused(sum(term(1, power(2, two))), growth("2000000.0"));
    assertConfigRefused(
        sum(term(1, tempered(0.001, tempered(0.001, tempered(0.5, tempered(1000, cosine())))))),
        growth("2000000.0"));
  }

  @Test
  void compositeTooDeep_isRefused() {
    assertThat(compute(AdvantageConfig.newBuilder().setCompositeKernel(nested(8)))).isEmpty();
    assertConfigRefused(
        AdvantageConfig.newBuilder().setCompositeKernel(nested(9)),
        "config.composite_kernel" + ".power.base".repeat(8) + ": depth 9 (expected: <= 8)");
  }

  @Test
  void compositeTooLarge_isRefused() {
    CompositeKernel[] factors = new CompositeKernel[31];
    Arrays.fill(factors, cosine());
    assertThat(compute(AdvantageConfig.newBuilder().setCompositeKernel(product(factors))))
        .isEmpty();
    CompositeKernel larger =
        product(factors).toBuilder()
            .setProduct(
                KernelProduct.newBuilder().addAllFactors(List.of(factors)).addFactors(cosine()))
            .build();
    assertConfigRefused(
        AdvantageConfig.newBuilder().setCompositeKernel(larger),
        "config.composite_kernel: more than 32 kernels (expected: <= 32)");
  }

  private static String growth(String factor) {
    return "config.composite_kernel: rounding grows by a factor of %s (expected: <= 1000000.0)"
        .formatted(factor);
  }

  private static AdvantageConfig.Builder sum(WeightedKernel... terms) {
    return AdvantageConfig.newBuilder()
        .setCompositeKernel(
            CompositeKernel.newBuilder()
                .setSum(KernelSum.newBuilder().addAllTerms(List.of(terms))));
  }

  private static CompositeKernel named(int number) {
    return CompositeKernel.newBuilder().setNamedValue(number).build();
  }

  private static CompositeKernel steps(int kind) {
    return CompositeKernel.newBuilder()
        .setSteps(StepsKernel.newBuilder().setKindValue(kind))
        .build();
  }

  /** Refused as a whole, and as a group's own configuration with the group's path. */
  private static void assertConfigRefused(AdvantageConfig.Builder config, String... violations) {
    assertRefused(
        () -> server.client().compute(request(sound("a")).toBuilder().setConfig(config).build()),
        "INVALID_FIELD",
        violations);
    RolloutGroup own = sound("a").toBuilder().setConfig(config).build();
    String[] paths = violations.clone();
    Arrays.setAll(paths, i -> "groups[0]." + violations[i]);
    assertThat(violations(server.client().compute(request(own)).getResults(0).getError()))
        .containsExactlyInAnyOrder(paths);
  }

  private static List<String> compute(AdvantageConfig.Builder config) {
    return refusal(server, sound("a"), config);
  }
}
