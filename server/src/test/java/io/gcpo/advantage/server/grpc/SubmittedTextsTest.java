// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.reason;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.DiversityMetric;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StepKind;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.WeightedKernel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hashes where the text itself is read, by kernels and metrics of text, over a real port. */
final class SubmittedTextsTest {
  private static final AdvantageConfig DEFAULT = AdvantageConfig.getDefaultInstance();
  private static final RolloutGroup GROUP =
      group(
          "a",
          rollout(KernelServer.FIRST, 1),
          rollout(KernelServer.FIRST, 1),
          rollout(KernelServer.OTHER, 1),
          rollout("I do not know \u00e9\u4e2d.", 0));

  private TestServer server = server(Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyKernel_hashesHaveTheNumbersOfTheirTexts() {
    List<AdvantageConfig> configs =
        List.of(
            DEFAULT,
            kernel(Kernel.KERNEL_GENERAL),
            kernel(Kernel.KERNEL_STEPS),
            kernel(Kernel.KERNEL_MATH),
            kernel(Kernel.KERNEL_CODE),
            kernel(Kernel.KERNEL_LEXICAL),
            kernel(Kernel.KERNEL_EMBEDDING_ONLY),
            composite());
    List<GroupResult> expected = configs.stream().map(config -> result(GROUP, config)).toList();
    submit(DEFAULT);

    for (int i = 0; i < configs.size(); i++) {
      GroupResult answer = result(hashed(GROUP), configs.get(i));

      assertThat(answer.hasAdvantages()).isTrue();
      assertThat(answer).isEqualTo(expected.get(i));
      assertThat(result(GROUP, configs.get(i))).isEqualTo(expected.get(i));
    }
  }

  @Test
  void submittedForAnotherKernel_sameNumbers() {
    GroupResult expected = result(GROUP, kernel(Kernel.KERNEL_LEXICAL));
    submit(composite());

    assertThat(result(hashed(GROUP), kernel(Kernel.KERNEL_LEXICAL))).isEqualTo(expected);
  }

  @Test
  void textsAndHashesAndKernelTextMixed_sameNumbers() {
    submit(DEFAULT);
    RolloutGroup.Builder mixed = GROUP.toBuilder();
    mixed.getRolloutsBuilder(1).setContentSha256(sha256(KernelServer.FIRST));
    mixed
        .getRolloutsBuilder(2)
        .setContentSha256(sha256(KernelServer.OTHER))
        .setKernelText(KernelServer.OTHER);

    assertThat(result(mixed.build(), DEFAULT)).isEqualTo(result(GROUP, DEFAULT));
  }

  @Test
  void kernelText_overridesTheHashsText() {
    submit(DEFAULT);
    RolloutGroup.Builder told = hashed(GROUP).toBuilder();
    RolloutGroup.Builder expected = GROUP.toBuilder();
    for (int i = 0; i < told.getRolloutsCount(); i++) {
      told.getRolloutsBuilder(i).setKernelText("6 * 7 = 42");
      expected.getRolloutsBuilder(i).setKernelText("6 * 7 = 42");
    }

    assertThat(result(told.build(), DEFAULT)).isEqualTo(result(expected.build(), DEFAULT));
  }

  @Test
  void metricsOfTexts_takeHashes() {
    OutputOptions output =
        OutputOptions.newBuilder()
            .addMetrics(DiversityMetric.DIVERSITY_METRIC_DISTINCT_N)
            .addMetrics(DiversityMetric.DIVERSITY_METRIC_SELF_BLEU)
            .addMetrics(DiversityMetric.DIVERSITY_METRIC_UNIQUE_TEXT_RATIO)
            .build();
    GroupResult expected = result(GROUP, DEFAULT, output);
    submit(DEFAULT);

    assertThat(expected.getAdvantages().getDiversity().getAll().hasSelfBleu()).isTrue();
    assertThat(result(hashed(GROUP), DEFAULT, output)).isEqualTo(expected);
  }

  @Test
  void metricOfTexts_notKnown_isNotFound() {
    OutputOptions output =
        OutputOptions.newBuilder()
            .addMetrics(DiversityMetric.DIVERSITY_METRIC_UNIQUE_TEXT_RATIO)
            .build();
    AdvantageConfig rewards =
        AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO).build();

    assertNotFound(result(hashed(GROUP), rewards, output));
  }

  @Test
  void textsOfOtherCalls_haveTheirEmbeddingsKeptAlone() {
    result(GROUP, DEFAULT);

    assertNotFound(result(hashed(GROUP), DEFAULT));
    assertThat(result(hashed(GROUP), kernel(Kernel.KERNEL_EMBEDDING_ONLY)).hasAdvantages())
        .isTrue();
  }

  @Test
  void memoryOff_hashesStandForEmbeddingsAlone() {
    restart(Map.of("texts.cache-bytes", "0"));
    submit(DEFAULT);

    assertNotFound(result(hashed(GROUP), DEFAULT));
    assertThat(result(hashed(GROUP), kernel(Kernel.KERNEL_EMBEDDING_ONLY)).hasAdvantages())
        .isTrue();
  }

  @Test
  void memoryTooSmall_sameNumbersOrNotFound() {
    GroupResult expected = result(GROUP, DEFAULT);
    List<Boolean> found = new ArrayList<>();
    for (int bytes = 300; bytes < 4000; bytes += 300) {
      restart(Map.of("texts.cache-bytes", Integer.toString(bytes)));
      submit(DEFAULT);

      GroupResult answer = result(hashed(GROUP), DEFAULT);

      if (answer.hasAdvantages()) {
        assertThat(answer).isEqualTo(expected);
      } else {
        assertThat(reason(answer.getError())).isEqualTo("CONTENT_NOT_FOUND");
      }
      found.add(answer.hasAdvantages());
    }
    assertThat(found).startsWith(false).endsWith(true).isSorted();
  }

  @Test
  void nothingCompared_hashesNeedNothing() {
    AdvantageConfig rewards =
        AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO).build();
    OutputOptions nothing = OutputOptions.newBuilder().setDiversity(false).build();

    assertThat(result(hashed(GROUP), rewards, nothing)).isEqualTo(result(GROUP, rewards, nothing));
  }

  @Test
  void serverInfo_saysHowMuchIsKept() {
    assertThat(server.client().info().getLimits().getKeptTextBytes()).isEqualTo(1L << 27);
  }

  private static void assertNotFound(GroupResult answer) {
    String unknown = ": not known (expected: submitted before, or the text)";
    assertThat(reason(answer.getError())).isEqualTo("CONTENT_NOT_FOUND");
    assertThat(violations(answer.getError()))
        .containsExactly(
            "groups[0].rollouts[0].content_sha256" + unknown,
            "groups[0].rollouts[1].content_sha256" + unknown,
            "groups[0].rollouts[2].content_sha256" + unknown,
            "groups[0].rollouts[3].content_sha256" + unknown);
  }

  private void restart(Map<String, String> settings) {
    server.close();
    server = server(settings);
  }

  private static TestServer server(Map<String, String> settings) {
    return TestServer.with(
        new CachingEmbedder(
            new FakeEmbedder(),
            new EmbeddingCache(1 << 20, CacheObserver.NONE),
            CacheObserver.NONE),
        settings);
  }

  private void submit(AdvantageConfig config) {
    SubmitRolloutsRequest.Builder texts = SubmitRolloutsRequest.newBuilder().setConfig(config);
    GROUP.getRolloutsList().forEach(rollout -> texts.addTexts(rollout.getText()));
    server.client().submit(texts.build()).join();
  }

  private GroupResult result(RolloutGroup group, AdvantageConfig config) {
    return result(group, config, OutputOptions.newBuilder().setSimilarity(true).build());
  }

  private GroupResult result(RolloutGroup group, AdvantageConfig config, OutputOptions output) {
    return server
        .client()
        .compute(request(group).toBuilder().setConfig(config).setOutput(output).build())
        .getResults(0);
  }

  private static AdvantageConfig kernel(Kernel kernel) {
    return AdvantageConfig.newBuilder().setKernel(kernel).build();
  }

  /** Of two orders of words and two kinds of steps. */
  private static AdvantageConfig composite() {
    KernelSum.Builder sum = KernelSum.newBuilder();
    for (int order = 1; order <= 2; order++) {
      sum.addTerms(
          WeightedKernel.newBuilder()
              .setWeight(1)
              .setKernel(
                  CompositeKernel.newBuilder()
                      .setLexical(LexicalKernel.newBuilder().setOrder(order))));
    }
    for (StepKind kind : List.of(StepKind.STEP_KIND_SENTENCES, StepKind.STEP_KIND_MATH)) {
      sum.addTerms(
          WeightedKernel.newBuilder()
              .setWeight(1)
              .setKernel(
                  CompositeKernel.newBuilder().setSteps(StepsKernel.newBuilder().setKind(kind))));
    }
    return AdvantageConfig.newBuilder()
        .setCompositeKernel(CompositeKernel.newBuilder().setSum(sum))
        .build();
  }

  private static RolloutGroup hashed(RolloutGroup group) {
    RolloutGroup.Builder hashed = group.toBuilder();
    for (Rollout.Builder rollout : hashed.getRolloutsBuilderList()) {
      rollout.setContentSha256(sha256(rollout.getText()));
    }
    return hashed.build();
  }

  private static ByteString sha256(String text) {
    return ByteString.copyFrom(Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
  }
}
