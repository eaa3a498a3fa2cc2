// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

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
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hashes beside a golden answer and a prompt, which come as texts, over a real port. */
final class SubmittedGoldenTest {
  private final TestServer server =
      TestServer.with(
          new CachingEmbedder(
              new FakeEmbedder(),
              new EmbeddingCache(1 << 20, CacheObserver.NONE),
              CacheObserver.NONE),
          Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  /** One text is the golden answer's own, one is empty, one comes twice. */
  @ParameterizedTest
  @EnumSource(
      value = Kernel.class,
      names = {
        "KERNEL_UNSPECIFIED",
        "KERNEL_GENERAL",
        "KERNEL_LEXICAL",
        "KERNEL_EMBEDDING_ONLY",
        "KERNEL_PROMPT_RESIDUAL"
      })
  void failedGroup_hashesHaveTheNumbersOfTheirTexts(Kernel kernel) {
    RolloutGroup texts =
        group(
                "a",
                rollout("6 * 7 = 42", 0),
                rollout("", 0),
                rollout("I do not know", 0),
                rollout("I do not know", 0))
            .toBuilder()
            .setGoldenAnswer("6 * 7 = 42")
            .setPrompt("What is 6 * 7?")
            .build();
    AdvantageConfig config =
        AdvantageConfig.newBuilder()
            .setKernel(kernel)
            .setGold(GoldConfig.getDefaultInstance())
            .build();
    GroupResult expected = result(texts, config);
    SubmitRolloutsRequest.Builder submitted = SubmitRolloutsRequest.newBuilder().setConfig(config);
    RolloutGroup.Builder hashed = texts.toBuilder();
    for (Rollout.Builder rollout : hashed.getRolloutsBuilderList()) {
      submitted.addTexts(rollout.getText());
      rollout.setContentSha256(sha256(rollout.getText()));
    }
    server.client().submit(submitted.build()).join();

    assertThat(expected.getAdvantages().getGold().getOutcome())
        .isEqualTo(GoldOutcome.GOLD_OUTCOME_REPLACED);
    assertThat(result(hashed.build(), config)).isEqualTo(expected);
  }

  private GroupResult result(RolloutGroup group, AdvantageConfig config) {
    return server
        .client()
        .compute(
            request(group).toBuilder()
                .setConfig(config)
                .setOutput(OutputOptions.newBuilder().setSimilarity(true))
                .build())
        .getResults(0);
  }

  private static ByteString sha256(String text) {
    return ByteString.copyFrom(Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
  }
}
