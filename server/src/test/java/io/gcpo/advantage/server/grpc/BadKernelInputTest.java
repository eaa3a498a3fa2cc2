// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Kernels.kernel;
import static io.gcpo.advantage.server.grpc.Kernels.lexical;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Kernels.named;
import static io.gcpo.advantage.server.grpc.Kernels.product;
import static io.gcpo.advantage.server.grpc.Refusals.refusal;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A group that lacks what its kernel looks at, or brings it wrong, is refused by name. */
final class BadKernelInputTest {
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
  void rolloutsWithoutTexts_areNamed() {
    RolloutGroup vectors = group("a", embedded(1, 1, 0), embedded(0, 0, 1));

    assertGroupRefused(
        vectors,
        kernel(Kernel.KERNEL_STEPS),
        "groups[0].rollouts[0].kernel_text:"
            + " absent (expected: text, content_sha256 or kernel_text, for kernel STEPS)",
        "groups[0].rollouts[1].kernel_text:"
            + " absent (expected: text, content_sha256 or kernel_text, for kernel STEPS)");
    assertGroupRefused(
        vectors,
        AdvantageConfig.newBuilder().setCompositeKernel(product(lexical(2))),
        "groups[0].rollouts[0].kernel_text:"
            + " absent (expected: text, content_sha256 or kernel_text, for composite_kernel)",
        "groups[0].rollouts[1].kernel_text:"
            + " absent (expected: text, content_sha256 or kernel_text, for composite_kernel)");
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

  @Test
  void allThatIsMissing_isNamedTogether() {
    RolloutGroup bare = group("a", rollout("", 1).toBuilder().clearText().build());
    CompositeKernel everything =
        product(
            named(Kernel.KERNEL_PROMPT_RESIDUAL),
            named(Kernel.KERNEL_LEXICAL),
            named(Kernel.KERNEL_CLUSTER),
            named(Kernel.KERNEL_PRECOMPUTED));

    assertGroupRefused(
        bare,
        AdvantageConfig.newBuilder().setCompositeKernel(everything),
        "groups[0].rollouts[0]:"
            + " no content (expected: text, content_sha256 or embedding_f32_le)",
        "groups[0].rollouts[0].kernel_text:"
            + " absent (expected: text, content_sha256 or kernel_text, for composite_kernel)",
        "groups[0].prompt: absent (expected: given, for composite_kernel)",
        "groups[0].rollouts[0].cluster_label: absent (expected: given, for composite_kernel)",
        "groups[0].similarity_f64_le:"
            + " absent (expected: [1, 1] float64, for composite_kernel)");
  }

  private static AdvantageConfig.Builder gold(Kernel kernel) {
    return kernel(kernel).setGold(GoldConfig.getDefaultInstance());
  }

  private static void assertGroupRefused(
      RolloutGroup group, AdvantageConfig.Builder config, String... violations) {
    assertThat(refusal(server, group, config)).containsExactlyInAnyOrder(violations);
  }
}
