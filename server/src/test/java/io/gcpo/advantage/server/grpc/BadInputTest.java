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
import static io.gcpo.advantage.server.testing.Groups.unscored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.GroupSignal;
import io.gcpo.advantage.v1.RewardStatus;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.TruncationPolicy;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of bad input over a real port: its status, its field path, and its neighbours. */
class BadInputTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.with(new FakeEmbedder(), Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void emptyRequest_isRefused() {
    assertRefused(
        () -> server.client().compute(ComputeAdvantagesRequest.getDefaultInstance()),
        "INVALID_FIELD",
        "groups: empty (expected: at least one)");
  }

  @Test
  void malformedRequestId_isRefused() {
    assertRefused(
        () -> server.client().compute(request(sound("a")).toBuilder().setRequestId("a b").build()),
        "INVALID_FIELD",
        "request_id: malformed (expected: at most 128 characters of [A-Za-z0-9._-])");
  }

  @Test
  void emptyGroup_isRefusedAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad"),
        "INVALID_FIELD",
        "groups[1].rollouts: empty (expected: at least one)");
  }

  @Test
  void missingGroupId_isRefusedAlone() throws Exception {
    assertGroupRefused(
        server,
        sound(""),
        "INVALID_FIELD",
        "groups[1].group_id: empty (expected: 1 to 256 characters)");
  }

  @Test
  void oneRollout_hasAdvantageZeroAndItsCredit() {
    GroupResult result = compute(request(group("one", rollout("right", 1)))).getResults(0);

    assertThat(result.getAdvantages().getSignal())
        .isEqualTo(GroupSignal.GROUP_SIGNAL_TOO_FEW_VALID);
    RolloutAdvantage rollout = result.getAdvantages().getRollouts(0);
    assertThat(rollout.getAdvantage()).isEqualTo(0.0);
    assertThat(rollout.getScaledCredit()).isEqualTo(1.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void rewardNotFinite_refusesItsGroupAlone(double reward) throws Exception {
    assertGroupRefused(
        server,
        group("bad", rollout("x", 1), rollout("y", reward)),
        "INVALID_FIELD",
        "groups[1].rollouts[1].reward: " + reward + " (expected: finite)");
  }

  @Test
  void rewardTooLarge_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad", rollout("x", -2e6)),
        "INVALID_FIELD",
        "groups[1].rollouts[0].reward: -2000000.0 (expected: magnitude <= 1000000.0)");
  }

  @Test
  void negativeReward_isANullPlayer() {
    GroupResult result =
        compute(request(group("g", rollout("x", 1), rollout("y", -1)))).getResults(0);

    assertThat(result.getAdvantages().getRollouts(1).getCredit()).isEqualTo(0.0);
    assertThat(result.getAdvantages().getRollouts(1).getIncluded()).isTrue();
    assertThat(result.getAdvantages().getRewards().getMin()).isEqualTo(-1.0);
  }

  @Test
  void missingReward_excludesTheRollout() {
    GroupResult result =
        compute(request(group("g", rollout("x", 1), unscored("y"), rollout("z", 0)))).getResults(0);

    RolloutAdvantage excluded = result.getAdvantages().getRollouts(1);
    assertThat(excluded.getIncluded()).isFalse();
    assertThat(excluded.getAdvantage()).isEqualTo(0.0);
    assertThat(result.getAdvantages().getRewards().getCount()).isEqualTo(2);
  }

  @Test
  void allRewardsMissing_isSaid() {
    GroupResult result = compute(request(group("g", unscored("x"), unscored("y")))).getResults(0);

    assertThat(result.getAdvantages().getSignal()).isEqualTo(GroupSignal.GROUP_SIGNAL_ALL_EXCLUDED);
    assertThat(result.getAdvantages().getRolloutsList())
        .allSatisfy(rollout -> assertThat(rollout.getAdvantage()).isEqualTo(0.0));
  }

  @Test
  void validStatusWithoutReward_isRefused() throws Exception {
    assertGroupRefused(
        server,
        group(
            "bad",
            unscored("x").toBuilder().setRewardStatus(RewardStatus.REWARD_STATUS_VALID).build()),
        "INVALID_FIELD",
        "groups[1].rollouts[0].reward: absent (expected: given, as reward_status is VALID)");
  }

  @Test
  void duplicateGroupIds_refuseAllWhoShareOne() throws Exception {
    ComputeAdvantagesResponse response =
        compute(request(sound("twice"), sound("once"), sound("twice")));

    assertThat(violations(response.getResults(0).getError()))
        .containsExactly("groups[0].group_id: as in groups[2] (expected: unique in the request)");
    assertThat(response.getResults(1).hasAdvantages()).isTrue();
    assertThat(violations(response.getResults(2).getError()))
        .containsExactly("groups[2].group_id: as in groups[0] (expected: unique in the request)");
  }

  @Test
  void sixtyFiveRollouts_areOverTheLimit() throws Exception {
    RolloutGroup bad =
        RolloutGroup.newBuilder()
            .setGroupId("bad")
            .addAllRollouts(Collections.nCopies(65, rollout("x", 1)))
            .build();

    assertGroupRefused(server, bad, "LIMIT", "groups[1].rollouts: 65 rollouts (expected: <= 64)");
  }

  @Test
  void zeroLengthText_isEmbedded() {
    GroupResult result =
        compute(request(group("g", rollout("", 1), rollout("x", 0)))).getResults(0);

    assertThat(result.getAdvantages().getRollouts(0).getTokens()).isEqualTo(2);
  }

  @Test
  void oneMebibyteText_isOverTheLimit() throws Exception {
    assertGroupRefused(
        server,
        group("bad", rollout("x", 1), rollout("a".repeat(1 << 20), 0)),
        "LIMIT",
        "groups[1].rollouts[1].text: at least 1048576 bytes (expected: <= 524288)");
  }

  @Test
  void textOfManyBytesACharacter_isMeasuredInBytes() throws Exception {
    assertGroupRefused(
        server,
        group("bad", rollout("語".repeat(200_000), 0)),
        "LIMIT",
        "groups[1].rollouts[0].text: 600000 bytes (expected: <= 524288)");
  }

  @Test
  void textLongerThanItsPolicyAllows_refusesItsGroupAlone() throws Exception {
    RolloutGroup bad =
        group("bad", rollout("x", 1), rollout("y".repeat(2_000), 0)).toBuilder()
            .setConfig(
                AdvantageConfig.newBuilder()
                    .setTruncationPolicy(TruncationPolicy.TRUNCATION_POLICY_ERROR))
            .build();

    assertGroupRefused(
        server,
        bad,
        "INPUT_TOO_LONG",
        "groups[1].rollouts[1].text: 2002 tokens (expected: <= 1000)");
  }

  @Test
  void embeddingOfAnotherDimension_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad", embedded(1, 1, 2, 3), embedded(0, 1, 2)),
        "INVALID_FIELD",
        "groups[1].rollouts[1].embedding_f32_le: 8 bytes (expected: 12 as in rollouts[0])");
  }

  @Test
  void embeddingNotFinite_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad", embedded(1, 1, Float.NaN)),
        "INVALID_FIELD",
        "groups[1].rollouts[0].embedding_f32_le[1]: NaN (expected: finite)");
  }

  @Test
  void embeddingOfNoFloats_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad", embedded(1)),
        "INVALID_FIELD",
        "groups[1].rollouts[0].embedding_f32_le: 0 bytes"
            + " (expected: a multiple of 4 bytes, at least 4)");
  }

  @Test
  void mixedContent_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad", rollout("x", 1), embedded(0, 1, 2)),
        "INVALID_FIELD",
        "groups[1].rollouts[1]: embedding_f32_le (expected: text as in rollouts[0])");
  }

  @Test
  void noContent_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        group("bad", rollout("x", 1), Rollout.newBuilder().setReward(1).build()),
        "INVALID_FIELD",
        "groups[1].rollouts[1]: no content (expected: text or embedding_f32_le)");
  }

  @Test
  void anotherModelExpected_isAFailedPrecondition() {
    assertThatThrownBy(
            () ->
                server
                    .client()
                    .compute(
                        request(sound("a")).toBuilder()
                            .setExpectedModelFingerprint("beef")
                            .build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode())
                  .isEqualTo(io.grpc.Status.Code.FAILED_PRECONDITION);
              assertThat(reason(StatusProto.fromThrowable(refused)))
                  .isEqualTo("MODEL_FINGERPRINT_MISMATCH");
            });
  }

  @Test
  void everythingWrong_isSaidAtOnce() throws Exception {
    RolloutGroup bad =
        group("bad", rollout("x", Double.NaN), rollout("y".repeat(1 << 20), 2e6)).toBuilder()
            .setConfig(AdvantageConfig.newBuilder().setAlpha(0))
            .build();

    assertThat(violations(compute(request(sound("a"), bad)).getResults(1).getError()))
        .containsExactly(
            "groups[1].config.alpha: 0.0 (expected: in (0, 1000000])",
            "groups[1].rollouts[0].reward: NaN (expected: finite)",
            "groups[1].rollouts[1].reward: 2000000.0 (expected: magnitude <= 1000000.0)",
            "groups[1].rollouts[1].text: at least 1048576 bytes (expected: <= 524288)");
  }

  @Test
  void noTexts_areRefused() {
    assertRefused(
        () -> server.client().embed(EmbedTextsRequest.getDefaultInstance()),
        "INVALID_FIELD",
        "texts: empty (expected: at least one)");
  }

  @Test
  void textTooLongToEmbed_isRefusedByName() {
    EmbedTextsRequest request =
        EmbedTextsRequest.newBuilder()
            .addTexts("short")
            .addTexts("y".repeat(2_000))
            .setTruncationPolicy(TruncationPolicy.TRUNCATION_POLICY_ERROR)
            .build();

    assertRefused(
        () -> server.client().embed(request),
        "INPUT_TOO_LONG",
        "texts[1]: 2002 tokens (expected: <= 1000)");
  }

  @Test
  void moreThanTheTrailersHold_isCountedNotLost() {
    EmbedTextsRequest request =
        EmbedTextsRequest.newBuilder()
            .addAllTexts(Collections.nCopies(1_000, "y".repeat(2_000)))
            .setTruncationPolicy(TruncationPolicy.TRUNCATION_POLICY_ERROR)
            .build();

    assertThatThrownBy(() -> server.client().embed(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused -> {
              assertThat(refused.getStatus().getCode())
                  .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
              assertThat(refused.getStatus().getDescription()).endsWith("; and 992 more");
              assertThat(violations(StatusProto.fromThrowable(refused))).hasSize(8);
            });
  }

  private static ComputeAdvantagesResponse compute(ComputeAdvantagesRequest request) {
    return server.client().compute(request);
  }
}
