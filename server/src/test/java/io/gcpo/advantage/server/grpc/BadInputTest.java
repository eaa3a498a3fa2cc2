// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

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

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Allocation;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.GroupSignal;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.RewardStatus;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.TruncationPolicy;
import io.gcpo.advantage.v1.Volume;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of bad input over a real port: its status, its field path, and its neighbours. */
class BadInputTest {
  private static final String ESTIMATORS =
      new EstimatorRegistry()
          .all().stream()
              .map(estimator -> estimator.spec().name())
              .collect(Collectors.joining(", "));

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
        group("bad"), "INVALID_FIELD", "groups[1].rollouts: empty (expected: at least one)");
  }

  @Test
  void missingGroupId_isRefusedAlone() throws Exception {
    assertGroupRefused(
        sound(""), "INVALID_FIELD", "groups[1].group_id: empty (expected: 1 to 256 characters)");
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
        group("bad", rollout("x", 1), rollout("y", reward)),
        "INVALID_FIELD",
        "groups[1].rollouts[1].reward: " + reward + " (expected: finite)");
  }

  @Test
  void rewardTooLarge_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
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

    assertGroupRefused(bad, "LIMIT", "groups[1].rollouts: 65 rollouts (expected: <= 64)");
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
        group("bad", rollout("x", 1), rollout("a".repeat(1 << 20), 0)),
        "LIMIT",
        "groups[1].rollouts[1].text: at least 1048576 bytes (expected: <= 524288)");
  }

  @Test
  void textOfManyBytesACharacter_isMeasuredInBytes() throws Exception {
    assertGroupRefused(
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
        bad, "INPUT_TOO_LONG", "groups[1].rollouts[1].text: 2002 tokens (expected: <= 1000)");
  }

  @Test
  void embeddingOfAnotherDimension_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        group("bad", embedded(1, 1, 2, 3), embedded(0, 1, 2)),
        "INVALID_FIELD",
        "groups[1].rollouts[1].embedding_f32_le: 8 bytes (expected: 12 as in rollouts[0])");
  }

  @Test
  void embeddingNotFinite_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        group("bad", embedded(1, 1, Float.NaN)),
        "INVALID_FIELD",
        "groups[1].rollouts[0].embedding_f32_le[1]: NaN (expected: finite)");
  }

  @Test
  void embeddingOfNoFloats_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        group("bad", embedded(1)),
        "INVALID_FIELD",
        "groups[1].rollouts[0].embedding_f32_le: 0 bytes"
            + " (expected: a multiple of 4 bytes, at least 4)");
  }

  @Test
  void mixedContent_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        group("bad", rollout("x", 1), embedded(0, 1, 2)),
        "INVALID_FIELD",
        "groups[1].rollouts[1]: embedding_f32_le (expected: text as in rollouts[0])");
  }

  @Test
  void noContent_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        group("bad", rollout("x", 1), Rollout.newBuilder().setReward(1).build()),
        "INVALID_FIELD",
        "groups[1].rollouts[1]: no content (expected: text or embedding_f32_le)");
  }

  @Test
  void parameterOutOfRange_refusesTheRequestWithTheRange() {
    assertRefused(
        () -> server.client().compute(withConfig(AdvantageConfig.newBuilder().setAlpha(-1))),
        "INVALID_FIELD",
        "config.alpha: -1.0 (expected: in (0, 1000000])");
  }

  @Test
  void parameterOfAnotherEstimator_isRefusedNotIgnored() {
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    withConfig(
                        AdvantageConfig.newBuilder()
                            .setEstimator(Estimator.ESTIMATOR_GRPO)
                            .setAlpha(2))),
        "INVALID_FIELD",
        "config.alpha: set (expected: left out, as GRPO takes profile, normalization, epsilon, singleton,"
            + " tie_tolerance)");
  }

  @Test
  void parametersThatDoNotGoTogether_areRefused() {
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    withConfig(
                        AdvantageConfig.newBuilder()
                            .setVolume(Volume.VOLUME_DET)
                            .setAllocation(Allocation.ALLOCATION_MATRIX_LOG))),
        "INVALID_FIELD",
        "config.allocation: MATRIX_LOG (expected: another one, as volume is det)");
  }

  @Test
  void determinantBeyondADouble_refusesItsGroupAlone() throws Exception {
    RolloutGroup.Builder huge =
        RolloutGroup.newBuilder()
            .setGroupId("huge")
            .setConfig(
                AdvantageConfig.newBuilder()
                    .setVolume(Volume.VOLUME_DET)
                    .setRewardExponent(4)
                    .setAlpha(1e6));
    for (int i = 0; i < 8; i++) {
      huge.addRollouts(rollout("text " + i, 1e6));
    }
    assertGroupRefused(
        huge.build(),
        "INVALID_FIELD",
        "groups[1]: volume: det of 8 rollouts overflows"
            + " (expected: < 1.8e308; use LOGDET or smaller alpha)");
  }

  @Test
  void unknownEnumValues_areRefused() {
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    withConfig(
                        AdvantageConfig.newBuilder()
                            .setEstimatorValue(99)
                            .setKernelValue(98)
                            .setTruncationPolicyValue(97))),
        "INVALID_FIELD",
        "config.estimator: 99 (expected: one of " + ESTIMATORS + ")",
        "config.kernel: 98 (expected: one of embedding_cosine)",
        "config.truncation_policy: 97"
            + " (expected: one of [CHUNK_MEAN, ERROR, KEEP_HEAD, KEEP_TAIL])");
  }

  @Test
  void groupConfigOutOfRange_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        sound("bad").toBuilder().setConfig(AdvantageConfig.newBuilder().setExactLimit(25)).build(),
        "INVALID_FIELD",
        "groups[1].config.exact_limit: 25 (expected: in [0, 24])");
  }

  @Test
  void groupConfigOfAnotherEstimator_leavesTheRequestsParametersBehind() {
    ComputeAdvantagesRequest request =
        withConfig(
                AdvantageConfig.newBuilder().setAlpha(10).setKernel(Kernel.KERNEL_EMBEDDING_COSINE))
            .toBuilder()
            .addGroups(
                sound("grpo").toBuilder()
                    .setConfig(AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO)))
            .build();

    GroupResult result = compute(request).getResults(1);

    assertThat(result.getAdvantages().getConfig().getEstimator())
        .isEqualTo(Estimator.ESTIMATOR_GRPO);
    assertThat(result.getAdvantages().hasTeamValue()).isFalse();
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

  private static ComputeAdvantagesRequest withConfig(AdvantageConfig.Builder config) {
    return request(sound("a")).toBuilder().setConfig(config).build();
  }

  private static ComputeAdvantagesResponse compute(ComputeAdvantagesRequest request) {
    return server.client().compute(request);
  }

  /** The group is refused for one thing; the sound ones around it are answered. */
  private static void assertGroupRefused(RolloutGroup bad, String reason, String violation)
      throws InvalidProtocolBufferException {
    ComputeAdvantagesResponse response = compute(request(sound("before"), bad, sound("after")));
    assertThat(response.getResults(0).hasAdvantages()).isTrue();
    Status error = response.getResults(1).getError();
    assertThat(error.getCode()).isEqualTo(Code.INVALID_ARGUMENT.getNumber());
    assertThat(reason(error)).isEqualTo(reason);
    assertThat(violations(error)).containsExactly(violation);
    assertThat(response.getResults(2).hasAdvantages()).isTrue();
  }
}
