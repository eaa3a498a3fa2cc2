// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.unscored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RewardStatus;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * GroupAdvantages.input_sha256, over a real port, against a plain twin. That streams answer the
 * same message is for {@link StreamAdvantagesTest}.
 */
final class InputDigestTest {
  private static final TestServer server =
      TestServer.with(
          new CachingEmbedder(
              new FakeEmbedder(),
              new EmbeddingCache(1 << 20, CacheObserver.NONE),
              CacheObserver.NONE),
          Map.of());

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void texts_haveTheKnownDigest() {
    RolloutGroup texts = group("a", rollout("right", 1), unscored("wrong"), rollout("", -0.0));

    // Of Python's hashlib and struct.
    assertThat(HexFormat.of().formatHex(answered(texts).toByteArray()))
        .isEqualTo("1c14ccc2371d6db8d055a4e7983595902a2f1eb6244e5d5be9d64710714a2f20");
  }

  @Test
  void textsOfManyScripts_areTheTwins() throws Exception {
    RolloutGroup texts =
        group("a", rollout("\u00fc\u4e2d\ud83d\ude00", 0.25), rollout("x".repeat(5000), -3));

    assertThat(answered(texts)).isEqualTo(twin(texts));
  }

  @Test
  void hashes_haveTheDigestOfTheirTexts() throws Exception {
    RolloutGroup texts = group("a", rollout("one", 1), rollout("two", 0));
    RolloutGroup.Builder hashed = texts.toBuilder();
    for (Rollout.Builder rollout : hashed.getRolloutsBuilderList()) {
      rollout.setContentSha256(sha256(rollout.getText().getBytes(UTF_8)));
    }
    ByteString expected = answered(texts);

    assertThat(answered(hashed.build())).isEqualTo(expected).isEqualTo(twin(texts));
  }

  @Test
  void embeddings_areTheTwins() throws Exception {
    RolloutGroup embeddings =
        group("a", embedded(1, 0.1f, -0.0f, Float.MIN_VALUE), embedded(0, 0f, 1f, -2f));

    assertThat(answered(embeddings)).isEqualTo(twin(embeddings));
  }

  @Test
  void noContent_isZeros() throws Exception {
    Rollout bare = Rollout.newBuilder().setReward(2).build();
    RolloutGroup group = group("a", bare, Rollout.getDefaultInstance());

    assertThat(answered(group)).isEqualTo(twin(group));
  }

  @Test
  void kernelTextAndGoldenAnswer_areNoPartOfIt() throws Exception {
    RolloutGroup plain = group("a", rollout("one", 0), rollout("two", 0));
    RolloutGroup.Builder more = plain.toBuilder().setGoldenAnswer("gold");
    more.getRolloutsBuilder(0).setKernelText("other");
    more.getConfigBuilder().getGoldBuilder();

    assertThat(answered(more.build())).isEqualTo(twin(plain));
  }

  @Test
  void rewardThatDoesNotCount_isPartOfItAllTheSame() throws Exception {
    RolloutGroup group =
        group(
            "a",
            rollout("one", 1).toBuilder()
                .setRewardStatus(RewardStatus.REWARD_STATUS_FAILED)
                .build(),
            rollout("two", 0));

    assertThat(answered(group)).isEqualTo(twin(group));
  }

  @Test
  void signOfZeroAndOrder_show() {
    RolloutGroup group = group("a", rollout("one", 0), rollout("two", 1));

    assertThat(
            Stream.of(
                    group,
                    group("a", rollout("one", -0.0), rollout("two", 1)),
                    group("a", rollout("two", 1), rollout("one", 0)),
                    group("a", unscored("one"), rollout("two", 1)),
                    group("a", rollout("One", 0), rollout("two", 1)))
                .map(InputDigestTest::answered))
        .doesNotHaveDuplicates();
  }

  /** Of an estimator of rewards alone, which compares nothing. */
  private static ByteString answered(RolloutGroup group) {
    ByteString compared = answered(group, AdvantageConfig.getDefaultInstance(), true);
    ByteString alone =
        answered(
            group,
            AdvantageConfig.newBuilder()
                .setEstimator(Estimator.ESTIMATOR_GRPO)
                .setKernel(Kernel.KERNEL_EMBEDDING_ONLY)
                .build(),
            false);
    assertThat(alone).isEqualTo(compared);
    return alone;
  }

  private static ByteString answered(RolloutGroup group, AdvantageConfig config, boolean compared) {
    AdvantageConfig.Builder own = config.toBuilder();
    if (group.getRollouts(0).getContentCase() == Rollout.ContentCase.CONTENT_NOT_SET) {
      own.setEstimator(Estimator.ESTIMATOR_GRPO);
    }
    ComputeAdvantagesRequest request =
        request(group).toBuilder()
            .setConfig(own)
            .setOutput(OutputOptions.newBuilder().setDiversity(compared))
            .build();
    GroupResult result = server.client().compute(request).getResults(0);
    assertThat(result.getError()).isEqualTo(result.getError().getDefaultInstanceForType());
    return result.getAdvantages().getInputSha256();
  }

  /** As the contract's comment says it. */
  private static ByteString twin(RolloutGroup group) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Rollout rollout : group.getRolloutsList()) {
      byte[] content =
          switch (rollout.getContentCase()) {
            case TEXT -> sha256(rollout.getText().getBytes(UTF_8)).toByteArray();
            case EMBEDDING_F32_LE ->
                sha256(rollout.getEmbeddingF32Le().toByteArray()).toByteArray();
            case CONTENT_SHA256 -> rollout.getContentSha256().toByteArray();
            case CONTENT_NOT_SET -> new byte[32];
          };
      all.write(content);
      ByteBuffer reward = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      all.write(
          (rollout.hasReward() ? reward.putDouble(rollout.getReward()) : reward.putLong(-1))
              .array());
    }
    return sha256(all.toByteArray());
  }

  private static ByteString sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
