// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.assertGroupRefused;
import static io.gcpo.advantage.server.grpc.Refusals.assertRefused;
import static io.gcpo.advantage.server.grpc.Refusals.reason;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.gcpo.advantage.v1.TruncationPolicy;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Texts that were submitted before and come as hashes, over a real port; what is read of the texts
 * themselves is for {@link SubmittedTextsTest}.
 */
final class SubmittedContentTest {
  private static final String NOT_KNOWN = ": not known (expected: submitted before, or the text)";

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server =
      TestServer.with(
          new CachingEmbedder(
              embedder, new EmbeddingCache(1 << 20, CacheObserver.NONE), CacheObserver.NONE),
          Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void submit_texts_areAnsweredWithHashAndTokens() {
    SubmitRolloutsResponse answer = submit("abc", "");

    assertThat(answer.getContentSha256List()).containsExactly(sha256("abc"), sha256(""));
    assertThat(answer.getTokensList()).containsExactly(5, 2);
    assertThat(answer.getTruncatedTokensList()).containsExactly(0, 0);
    assertThat(answer.getModel().getFingerprint()).isEqualTo("f00d");
  }

  @Test
  void compute_submittedTexts_sameAnswerAsWithTextsAndNothingEmbedded() {
    ComputeAdvantagesResponse expected = compute(sound("a"), sound("b"));
    submit("right", "wrong");
    int calls = embedder.calls().size();

    ComputeAdvantagesResponse hashed = compute(hashed(sound("a")), hashed(sound("b")));

    assertThat(hashed.getResultsList()).isEqualTo(expected.getResultsList());
    assertThat(hashed.getTiming().getTokens()).isZero();
    assertThat(embedder.calls()).hasSize(calls);
  }

  @Test
  void compute_textsAndHashesMixed_isTheSame() {
    submit("right");
    RolloutGroup mixed = group("a", hashed(rollout("right", 1)), rollout("wrong", 0));

    assertThat(compute(mixed).getResultsList()).isEqualTo(compute(sound("a")).getResultsList());
  }

  @Test
  void compute_unknownHashes_areAllNamedAndOtherGroupsAnswered() {
    submit("right");
    RolloutGroup bad =
        group("bad", hashed(rollout("x", 1)), hashed(rollout("right", 1)), hashed(rollout("y", 0)));

    ComputeAdvantagesResponse answer = compute(sound("before"), bad, sound("after"));

    Status error = answer.getResults(1).getError();
    assertThat(error.getCode()).isEqualTo(Code.FAILED_PRECONDITION.getNumber());
    assertThat(reason(error)).isEqualTo("CONTENT_NOT_FOUND");
    assertThat(violations(error))
        .containsExactly(
            "groups[1].rollouts[0].content_sha256" + NOT_KNOWN,
            "groups[1].rollouts[2].content_sha256" + NOT_KNOWN);
    assertThat(answer.getResults(0).hasAdvantages()).isTrue();
    assertThat(answer.getResults(2).hasAdvantages()).isTrue();
  }

  @Test
  void compute_otherPolicyThanSubmitted_isNotKnown() {
    SubmitRolloutsRequest keepHead =
        SubmitRolloutsRequest.newBuilder()
            .addTexts("right")
            .addTexts("wrong")
            .setTruncationPolicy(TruncationPolicy.TRUNCATION_POLICY_KEEP_HEAD)
            .build();
    server.client().submit(keepHead).join();

    assertThat(reason(compute(hashed(sound("a"))).getResults(0).getError()))
        .isEqualTo("CONTENT_NOT_FOUND");
  }

  @Test
  void compute_hashOfOtherLength_isInvalid() {
    RolloutGroup bad =
        group(
            "bad",
            Rollout.newBuilder()
                .setContentSha256(ByteString.copyFrom(new byte[31]))
                .setReward(1)
                .build());

    assertGroupRefused(
        server,
        bad,
        "INVALID_FIELD",
        "groups[1].rollouts[0].content_sha256: 31 bytes (expected: 32)");
  }

  @Test
  void compute_hashAmongEmbeddings_isInvalid() {
    assertGroupRefused(
        server,
        group("bad", embedded(1, 1f, 0f), hashed(rollout("right", 1))),
        "INVALID_FIELD",
        "groups[1].rollouts[1]: text (expected: embedding_f32_le as in rollouts[0])");
  }

  @Test
  void computePrefetched_nothingSubmitted_sendsTheTexts() {
    ComputeAdvantagesResponse answer =
        server.client().computePrefetched(requestOf(sound("a"))).join();

    assertThat(answer.getResultsList()).isEqualTo(compute(sound("a")).getResultsList());
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void submit_tooLong_isRefused() {
    SubmitRolloutsRequest request =
        SubmitRolloutsRequest.newBuilder()
            .addTexts("short")
            .addTexts("a".repeat(2 * FakeEmbedder.WINDOW))
            .setTruncationPolicy(TruncationPolicy.TRUNCATION_POLICY_ERROR)
            .build();

    assertRefused(
        () -> joined(server, request),
        "INPUT_TOO_LONG",
        "texts[1]: 2002 tokens (expected: <= 1000)");
  }

  @Test
  void submit_noTexts_isRefused() {
    assertRefused(
        () -> joined(server, SubmitRolloutsRequest.getDefaultInstance()),
        "INVALID_FIELD",
        "texts: empty (expected: at least one)");
  }

  @Test
  void submit_serverWithoutCache_isRefused() {
    try (TestServer plain = TestServer.with(new FakeEmbedder(), Map.of())) {
      SubmitRolloutsRequest request = SubmitRolloutsRequest.newBuilder().addTexts("a").build();

      assertThatThrownBy(() -> joined(plain, request))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused -> {
                Status status = StatusProto.fromThrowable(refused);
                assertThat(status.getCode()).isEqualTo(Code.FAILED_PRECONDITION.getNumber());
                assertThat(reason(status)).isEqualTo("CACHE_DISABLED");
              });
      assertThat(
              reason(plain.client().compute(request(hashed(sound("a")))).getResults(0).getError()))
          .isEqualTo("CONTENT_NOT_FOUND");
    }
  }

  private static void joined(TestServer server, SubmitRolloutsRequest request) throws Throwable {
    try {
      server.client().submit(request).join();
    } catch (CompletionException failed) {
      throw failed.getCause() == null ? failed : failed.getCause();
    }
  }

  private SubmitRolloutsResponse submit(String... texts) {
    return server
        .client()
        .submit(SubmitRolloutsRequest.newBuilder().addAllTexts(List.of(texts)).build())
        .join();
  }

  private ComputeAdvantagesResponse compute(RolloutGroup... groups) {
    return server.client().compute(requestOf(groups));
  }

  /** With a kernel that does not depend on whether texts or hashes come. */
  private static ComputeAdvantagesRequest requestOf(RolloutGroup... groups) {
    return request(groups).toBuilder()
        .setConfig(AdvantageConfig.newBuilder().setKernel(Kernel.KERNEL_EMBEDDING_COSINE))
        .build();
  }

  private static RolloutGroup hashed(RolloutGroup group) {
    return group(
        group.getGroupId(),
        group.getRolloutsList().stream().map(SubmittedContentTest::hashed).toArray(Rollout[]::new));
  }

  private static Rollout hashed(Rollout rollout) {
    return rollout.toBuilder().setContentSha256(sha256(rollout.getText())).build();
  }

  private static ByteString sha256(String text) {
    return ByteString.copyFrom(Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes());
  }
}
