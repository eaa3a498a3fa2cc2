// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Kernels.cosine;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Kernels.nested;
import static io.gcpo.advantage.server.grpc.Kernels.product;
import static io.gcpo.advantage.server.grpc.Kernels.term;
import static io.gcpo.advantage.server.grpc.Refusals.assertRefused;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelCalibration;
import io.gcpo.advantage.v1.KernelPower;
import io.gcpo.advantage.v1.KernelProduct;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.TemperedKernel;
import io.gcpo.advantage.v1.WeightedKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every kernel that cannot be had is refused, over a real port, and the answer says why. */
final class BadKernelTest {
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

  private static String growth(String factor) {
    return "config.composite_kernel: rounding grows by a factor of %s (expected: <= 1000000.0)"
        .formatted(factor);
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

  @Test
  void rolloutsWithoutTexts_areNamed() {
    RolloutGroup vectors = group("a", embedded(1, 1, 0), embedded(0, 0, 1));

    assertGroupRefused(
        vectors,
        kernel(Kernel.KERNEL_STEPS),
        "groups[0].rollouts[0].kernel_text:"
            + " absent (expected: text or kernel_text, for kernel STEPS)",
        "groups[0].rollouts[1].kernel_text:"
            + " absent (expected: text or kernel_text, for kernel STEPS)");
    assertGroupRefused(
        vectors,
        AdvantageConfig.newBuilder().setCompositeKernel(product(lexical(2))),
        "groups[0].rollouts[0].kernel_text:"
            + " absent (expected: text or kernel_text, for composite_kernel)",
        "groups[0].rollouts[1].kernel_text:"
            + " absent (expected: text or kernel_text, for composite_kernel)");
  }

  @Test
  void rolloutsWithoutLabels_areNamed() {
    RolloutGroup.Builder group = sound("a").toBuilder();
    group.getRolloutsBuilder(1).setClusterLabel("");

    assertGroupRefused(
        group.build(),
        kernel(Kernel.KERNEL_CLUSTER),
        "groups[0].rollouts[0].cluster_label: absent (expected: given, for kernel CLUSTER)");
  }

  @Test
  void groupWithoutPrompt_isRefused() {
    assertGroupRefused(
        sound("a"),
        kernel(Kernel.KERNEL_PROMPT_RESIDUAL),
        "groups[0].prompt: absent (expected: given, for kernel PROMPT_RESIDUAL)");
    RolloutGroup vectors = group("a", embedded(1, 1, 0), embedded(0, 0, 1));
    assertGroupRefused(
        vectors.toBuilder().setPrompt("prompt").build(),
        kernel(Kernel.KERNEL_PROMPT_RESIDUAL),
        "groups[0].prompt_embedding_f32_le: absent"
            + " (expected: given, as the rollouts bring embeddings, for kernel PROMPT_RESIDUAL)");
    assertGroupRefused(
        vectors.toBuilder().setPromptEmbeddingF32Le(embedded(0, 1).getEmbeddingF32Le()).build(),
        kernel(Kernel.KERNEL_PROMPT_RESIDUAL),
        "groups[0].prompt_embedding_f32_le: 4 bytes (expected: 8 as in rollouts[0])");
  }

  @Test
  void matrixThatIsNoKernel_isRefused() {
    assertMatrixRefused(
        null,
        "groups[0].similarity_f64_le: absent (expected: [2, 2] float64, for kernel PRECOMPUTED)");
    assertMatrixRefused(
        matrix(1), "groups[0].similarity_f64_le: 8 bytes (expected: 32, [2, 2] float64)");
    assertMatrixRefused(
        matrix(1, Double.NaN, 1.5, 1),
        "groups[0].similarity_f64_le[0][1]: NaN (expected: in [-1, 1])",
        "groups[0].similarity_f64_le[1][0]: 1.5 (expected: in [-1, 1])");
    assertMatrixRefused(
        matrix(1, 0.5, 0.25, 1),
        "groups[0].similarity_f64_le[0][1]: 0.5 (expected: 0.25, as [1][0])");
    assertMatrixRefused(
        matrix(0.5, 0, 0, 1), "groups[0].similarity_f64_le[0][0]: 0.5 (expected: 1)");
    RolloutGroup three =
        group("a", rollout("a", 1), rollout("b", 1), rollout("c", 1)).toBuilder()
            .setSimilarityF64Le(matrix(1, 1, 0, 1, 1, 1, 0, 1, 1))
            .build();
    assertThat(refusal(three, kernel(Kernel.KERNEL_PRECOMPUTED)))
        .singleElement()
        .asString()
        .startsWith("groups[0].similarity_f64_le: smallest eigenvalue: -0.41421356237");
  }

  @Test
  void goldenAnswerWithoutWhatTheKernelLooksAt_isRefused() {
    RolloutGroup.Builder texts = sound("a").toBuilder().setGoldenAnswer("gold");
    texts.getRolloutsBuilderList().forEach(rollout -> rollout.setClusterLabel(rollout.getText()));

    assertGroupRefused(
        texts.build(),
        gold(Kernel.KERNEL_CLUSTER),
        "groups[0].golden_cluster_label: absent (expected: given, for kernel CLUSTER)");
    assertGroupRefused(
        texts.clone().setSimilarityF64Le(matrix(1, 0, 0, 1)).build(),
        gold(Kernel.KERNEL_PRECOMPUTED),
        "groups[0].similarity_f64_le: 32 bytes (expected: 72, [3, 3] float64)");
    assertGroupRefused(
        texts
            .clone()
            .clearGoldenAnswer()
            .setGoldenEmbeddingF32Le(embedded(0, 1).getEmbeddingF32Le())
            .build(),
        gold(Kernel.KERNEL_LEXICAL),
        "groups[0].golden_answer: absent (expected: given, for kernel LEXICAL)");
  }

  @Test
  void labelsAndTextsOverTheirLimits_areRefusedWhateverTheKernel() {
    RolloutGroup.Builder group = sound("a").toBuilder().setGoldenClusterLabel("g".repeat(257));
    group.getRolloutsBuilder(0).setClusterLabel("x".repeat(257));
    group.getRolloutsBuilder(1).setKernelText("y".repeat(101));

    assertGroupRefused(
        group.build(),
        AdvantageConfig.newBuilder(),
        "groups[0].golden_cluster_label: 257 characters (expected: <= 256)",
        "groups[0].rollouts[0].cluster_label: 257 characters (expected: <= 256)",
        "groups[0].rollouts[1].kernel_text: at least 101 bytes (expected: <= 100)");
    assertGroupRefused(
        sound("a").toBuilder().setPrompt("z".repeat(101)).build(),
        kernel(Kernel.KERNEL_PROMPT_RESIDUAL),
        "groups[0].prompt: at least 101 bytes (expected: <= 100)");
  }

  @Test
  void matrixAskedForWithoutContent_isRefused() {
    RolloutGroup bare = group("a", rollout("", 1).toBuilder().clearText().build());
    ComputeAdvantagesRequest request =
        request(bare).toBuilder()
            .setConfig(AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO))
            .setOutput(OutputOptions.newBuilder().setDiversity(false).setSimilarity(true))
            .build();

    assertThat(violations(server.client().compute(request).getResults(0).getError()))
        .containsExactly(
            "groups[0].rollouts[0]:"
                + " no content (expected: text, content_sha256 or embedding_f32_le)");
  }

  private static AdvantageConfig.Builder kernel(Kernel kernel) {
    return AdvantageConfig.newBuilder().setKernel(kernel);
  }

  private static AdvantageConfig.Builder gold(Kernel kernel) {
    return kernel(kernel).setGold(GoldConfig.getDefaultInstance());
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

  private static CompositeKernel lexical(int order) {
    return CompositeKernel.newBuilder()
        .setLexical(LexicalKernel.newBuilder().setOrder(order))
        .build();
  }

  private static CompositeKernel steps(int kind) {
    return CompositeKernel.newBuilder()
        .setSteps(StepsKernel.newBuilder().setKindValue(kind))
        .build();
  }

  private static CompositeKernel power(int exponent, CompositeKernel base) {
    return CompositeKernel.newBuilder()
        .setPower(KernelPower.newBuilder().setBase(base).setExponent(exponent))
        .build();
  }

  private static CompositeKernel tempered(double temperature, CompositeKernel base) {
    return CompositeKernel.newBuilder()
        .setTempered(TemperedKernel.newBuilder().setBase(base).setTemperature(temperature))
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

  private static void assertMatrixRefused(@Nullable ByteString matrix, String... violations) {
    RolloutGroup.Builder group = sound("a").toBuilder();
    if (matrix != null) {
      group.setSimilarityF64Le(matrix);
    }
    assertGroupRefused(group.build(), kernel(Kernel.KERNEL_PRECOMPUTED), violations);
  }

  private static void assertGroupRefused(
      RolloutGroup group, AdvantageConfig.Builder config, String... violations) {
    assertThat(refusal(group, config)).containsExactlyInAnyOrder(violations);
  }

  private static List<String> refusal(RolloutGroup group, AdvantageConfig.Builder config) {
    ComputeAdvantagesRequest request = request(group).toBuilder().setConfig(config).build();
    return violations(server.client().compute(request).getResults(0).getError());
  }

  private static List<String> compute(AdvantageConfig.Builder config) {
    return refusal(sound("a"), config);
  }
}
