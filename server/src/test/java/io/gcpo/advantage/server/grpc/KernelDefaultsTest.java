// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.KernelServer.FIRST;
import static io.gcpo.advantage.server.grpc.KernelServer.GROUP;
import static io.gcpo.advantage.server.grpc.KernelServer.OTHER;
import static io.gcpo.advantage.server.grpc.Kernels.kernel;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a request gets that names no kernel, and what is left out where nothing is compared. */
final class KernelDefaultsTest {
  private final KernelServer server = new KernelServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nothingSet_textsGetGeneral_othersGetEmbeddingOnly() {
    RolloutGroup vectors = group("a", embedded(1, 1, 0), embedded(1, 0, 1));
    RolloutGroup.Builder told = vectors.toBuilder();
    told.getRolloutsBuilderList().forEach(rollout -> rollout.setKernelText("x"));
    RolloutGroup hashed = group("a", hashed(FIRST), hashed(OTHER));
    server.submit(FIRST, OTHER);

    assertThat(defaultKernel(GROUP)).isEqualTo(Kernel.KERNEL_GENERAL);
    assertThat(defaultKernel(vectors)).isEqualTo(Kernel.KERNEL_EMBEDDING_ONLY);
    assertThat(defaultKernel(told.build())).isEqualTo(Kernel.KERNEL_GENERAL);
    assertThat(defaultKernel(hashed)).isEqualTo(Kernel.KERNEL_GENERAL);
  }

  @Test
  void nothingSet_estimatorsWithAPublishedDefinitionKeepTheCosine() {
    for (Estimator estimator :
        List.of(
            Estimator.ESTIMATOR_DRA_GRPO,
            Estimator.ESTIMATOR_MMR_GRPO,
            Estimator.ESTIMATOR_DARLING,
            Estimator.ESTIMATOR_UNIQUENESS_AWARE,
            Estimator.ESTIMATOR_CUE_GRPO)) {
      GroupAdvantages answer =
          server.compute(GROUP, AdvantageConfig.newBuilder().setEstimator(estimator));
      assertThat(answer.getConfig().getKernel())
          .as("%s", estimator)
          .isEqualTo(Kernel.KERNEL_EMBEDDING_COSINE);
    }
  }

  @Test
  void grpoWithoutContent_isComputedAndMeasuresNothing() {
    Rollout bare = Rollout.newBuilder().setReward(1).build();

    GroupAdvantages answer =
        server
            .result(
                group("a", bare, bare),
                AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO),
                OutputOptions.getDefaultInstance())
            .getAdvantages();

    assertThat(answer.getRolloutsCount()).isEqualTo(2);
    assertThat(answer.hasDiversity()).isFalse();
    assertThat(answer.hasKernel()).isFalse();
    assertThat(answer.hasSimilarityF64Le()).isFalse();
  }

  @Test
  void defaultMetrics_whoseKernelLacksItsInput_areNotMeasured() {
    GroupAdvantages answer =
        server
            .result(
                group("a", rollout("x", 1), rollout("y", 0)),
                kernel(Kernel.KERNEL_CLUSTER).setEstimator(Estimator.ESTIMATOR_GRPO),
                OutputOptions.getDefaultInstance())
            .getAdvantages();

    assertThat(answer.hasDiversity()).isFalse();
    assertThat(answer.getRollouts(0).hasNearestCorrectIndex()).isFalse();
    assertThat(server.embedder().calls()).isEmpty();
  }

  @Test
  void matrix_comesOnlyWhereItIsAskedFor() {
    GroupResult plain =
        server.result(GROUP, kernel(Kernel.KERNEL_MATH), OutputOptions.getDefaultInstance());
    GroupResult alone =
        server.result(
            GROUP,
            kernel(Kernel.KERNEL_LEXICAL).setEstimator(Estimator.ESTIMATOR_GRPO),
            OutputOptions.newBuilder().setDiversity(false).setSimilarity(true).build());

    assertThat(plain.getAdvantages().hasSimilarityF64Le()).isFalse();
    assertThat(plain.getAdvantages().hasKernel()).isTrue();
    assertThat(alone.getAdvantages().hasSimilarityF64Le()).isTrue();
    assertThat(alone.getAdvantages().hasDiversity()).isFalse();
  }

  @Test
  void prefetched_readsTheSameTexts() {
    server.submit(FIRST, OTHER, "I do not know.");
    var request =
        request(GROUP).toBuilder()
            .setOutput(OutputOptions.newBuilder().setSimilarity(true))
            .build();

    assertThat(server.client().computePrefetched(request).join().getResults(0).getAdvantages())
        .isEqualTo(server.compute(GROUP, AdvantageConfig.newBuilder()));
  }

  private Kernel defaultKernel(RolloutGroup group) {
    return server.compute(group, AdvantageConfig.newBuilder()).getConfig().getKernel();
  }

  private static Rollout hashed(String text) {
    return Rollout.newBuilder()
        .setContentSha256(
            ByteString.copyFrom(
                Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes()))
        .setReward(1)
        .build();
  }
}
