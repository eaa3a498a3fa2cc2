// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GoldResult;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.GroupSignal;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.Replacement;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The golden answer over a real port: when it takes a place, whose, and what it earns. */
final class GoldenAnswerTest {
  private static final RolloutGroup FAILED =
      named(rollout("a", 0), rollout("b", 0), rollout("c", 0), rollout("d", 0)).toBuilder()
          .setGoldenAnswer("gold")
          .build();

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server = TestServer.with(embedder, Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void allFailed_goldTakesTheLastPlace() {
    GroupAdvantages answer = compute(FAILED, gold());

    assertThat(answer.getGold())
        .extracting(
            GoldResult::getOutcome, GoldResult::getReplacedIndex, GoldResult::getReplacedRolloutId)
        .containsExactly(GoldOutcome.GOLD_OUTCOME_REPLACED, 3, "d");
    assertThat(answer.getGold().getAdvantage()).isCloseTo(1.5, within(1e-5));
    assertThat(answer.getRolloutsList())
        .extracting(RolloutAdvantage::getIncluded)
        .containsExactly(true, true, true, false);
    assertThat(answer.getRollouts(0).getAdvantage()).isCloseTo(-0.5, within(1e-5));
    assertThat(answer.getRollouts(3).getAdvantage()).isZero();
    assertThat(answer.getSignal()).isEqualTo(GroupSignal.GROUP_SIGNAL_OK);
    assertThat(answer.getKeep()).isTrue();
    assertThat(answer.getCentered()).isTrue();
    assertThat(answer.getRewards().getCorrect()).isZero();
    assertThat(answer.getConfig().getGold().getReward()).isEqualTo(1);
  }

  @Test
  void someRight_changesNothing() {
    RolloutGroup solved = FAILED.toBuilder().setRollouts(1, rollout("b", 1)).build();

    GroupAdvantages answer = compute(solved, gold());

    assertThat(answer.getGold())
        .isEqualTo(
            GoldResult.newBuilder().setOutcome(GoldOutcome.GOLD_OUTCOME_NOT_TRIGGERED).build());
    GroupAdvantages plain =
        compute(solved, AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO));
    assertThat(answer.getRolloutsList()).isEqualTo(plain.getRolloutsList());
  }

  @Test
  void noGoldenAnswer_isSaid() {
    GroupAdvantages answer = compute(FAILED.toBuilder().clearGoldenAnswer().build(), gold());

    assertThat(answer.getGold().getOutcome()).isEqualTo(GoldOutcome.GOLD_OUTCOME_NO_GOLDEN_ANSWER);
    assertThat(answer.getSignal()).isEqualTo(GroupSignal.GROUP_SIGNAL_ZERO_VARIANCE);
    assertThat(answer.getKeep()).isFalse();
  }

  @Test
  void goldBeforeAnyEstimator_isCredited() {
    AdvantageConfig.Builder config =
        AdvantageConfig.newBuilder()
            .setEstimator(Estimator.ESTIMATOR_GCPO_COOPERATIVE)
            .setGold(
                GoldConfig.newBuilder()
                    .setReplacement(Replacement.REPLACEMENT_LONGEST)
                    .setReward(1));
    RolloutGroup.Builder failed = FAILED.toBuilder();
    for (int i = 0; i < 4; i++) {
      failed.getRolloutsBuilder(i).setGeneratedTokens(10 - i);
    }

    GroupAdvantages answer = compute(failed.build(), config);

    assertThat(answer.getGold().getReplacedIndex()).isZero();
    assertThat(answer.getGold().getScaledCredit()).isEqualTo(1);
    assertThat(answer.getTeamValue()).isCloseTo(Math.log(2), within(1e-12));
    assertThat(answer.getRolloutsList()).extracting(RolloutAdvantage::getCredit).containsOnly(0.0);
  }

  @Test
  void goldenText_isEmbeddedOnlyWhereItTakesAPlace() {
    AdvantageConfig.Builder config =
        AdvantageConfig.newBuilder()
            .setEstimator(Estimator.ESTIMATOR_GCPO_COOPERATIVE)
            .setGold(GoldConfig.getDefaultInstance());

    compute(FAILED.toBuilder().setRollouts(1, rollout("b", 1)).build(), config);
    compute(FAILED, config);

    assertThat(embedder.calls().get(0)).extracting(TextTask::text).doesNotContain("gold");
    assertThat(embedder.calls().get(1)).extracting(TextTask::text).endsWith("gold");
  }

  @Test
  void goldenEmbedding_standsInForAnEmbedding() {
    ByteString golden = embedded(0, 0, 1).getEmbeddingF32Le();
    RolloutGroup failed =
        named(embedded(0, 1, 0), embedded(0, 1, 0)).toBuilder()
            .setGoldenEmbeddingF32Le(golden)
            .build();

    GroupAdvantages answer = compute(failed, gold());

    assertThat(answer.getGold().getReplacedIndex()).isEqualTo(1);
    assertRefused(
        failed.toBuilder().clearGoldenEmbeddingF32Le().setGoldenAnswer("gold").build(),
        gold(),
        "groups[0].golden_answer:"
            + " text (expected: golden_embedding_f32_le, as the rollouts bring embeddings)");
    assertRefused(
        failed.toBuilder().setGoldenEmbeddingF32Le(golden.substring(4)).build(),
        gold(),
        "groups[0].golden_embedding_f32_le: 4 bytes (expected: 8 as in rollouts[0])");
    assertRefused(
        FAILED.toBuilder().setGoldenEmbeddingF32Le(golden).build(),
        gold(),
        "groups[0].golden_embedding_f32_le:"
            + " set (expected: golden_answer, as the rollouts bring no embeddings)");
  }

  @Test
  void replacementWithoutItsNumbers_isRefused() {
    AdvantageConfig.Builder config =
        gold()
            .setGold(
                GoldConfig.newBuilder().setReplacement(Replacement.REPLACEMENT_LOWEST_LOG_PROB));
    RolloutGroup failed = named(rollout("a", 0).toBuilder().setGeneratedTokens(0).build());

    assertRefused(
        failed,
        config,
        "groups[0].rollouts[0].generated_tokens:"
            + " 0 (expected: >= 1, for gold.replacement LOWEST_LOG_PROB)",
        "groups[0].rollouts[0].old_log_prob:"
            + " absent (expected: given, for gold.replacement LOWEST_LOG_PROB)");
  }

  @Test
  void logProbabilities_giveRatiosAndClipping() {
    RolloutGroup.Builder failed = FAILED.toBuilder();
    failed.getRolloutsBuilder(0).setLogProb(-20).setOldLogProb(-10).setGeneratedTokens(10);
    failed.getRolloutsBuilder(1).setLogProb(-10).setOldLogProb(-20).setGeneratedTokens(10);
    failed.setGoldenLogProb(-100).setGoldenOldLogProb(-101).setGoldenTokens(100);

    GroupAdvantages answer = compute(failed.build(), gold());

    // Advantages are negative: only a ratio that is too low is clipped.
    assertThat(answer.getRollouts(0).getImportanceRatio()).isCloseTo(Math.exp(-1), within(1e-15));
    assertThat(answer.getRollouts(0).getClipped()).isTrue();
    assertThat(answer.getRollouts(1).getImportanceRatio()).isCloseTo(Math.E, within(1e-15));
    assertThat(answer.getRollouts(1).getClipped()).isFalse();
    assertThat(answer.getRollouts(2).hasImportanceRatio()).isFalse();
    assertThat(answer.getGold().getImportanceRatio()).isCloseTo(Math.exp(0.01), within(1e-15));
    assertThat(answer.getGold().getClipped()).isTrue();
  }

  @Test
  void logProbabilityThatIsNotFinite_isRefused() {
    RolloutGroup.Builder failed = FAILED.toBuilder();
    failed.getRolloutsBuilder(2).setLogProb(Double.NaN).setGeneratedTokens(-1);

    assertRefused(
        failed.build(),
        gold(),
        "groups[0].rollouts[2].log_prob: NaN (expected: finite)",
        "groups[0].rollouts[2].generated_tokens: 4294967295 (expected: <= 2147483647)");
  }

  @Test
  void goldWithRewardComponents_isRefused() {
    RolloutGroup.Builder failed = FAILED.toBuilder();
    for (int i = 0; i < 4; i++) {
      failed.getRolloutsBuilder(i).putRewardComponents("answer", 0);
    }
    AdvantageConfig.Builder config =
        AdvantageConfig.newBuilder()
            .setEstimator(Estimator.ESTIMATOR_GDPO)
            .setGold(GoldConfig.getDefaultInstance());

    Refusals.assertRefused(
        () ->
            server.client().compute(request(failed.build()).toBuilder().setConfig(config).build()),
        "INVALID_FIELD",
        "config.gold: set (expected: left out, as GDPO needs reward components and a golden answer"
            + " has none)");
  }

  private static AdvantageConfig.Builder gold() {
    return AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GCPO_GOLD);
  }

  private static RolloutGroup named(Rollout... rollouts) {
    RolloutGroup.Builder named = group("failed", rollouts).toBuilder();
    named.getRolloutsBuilderList().forEach(rollout -> rollout.setRolloutId(rollout.getText()));
    return named.build();
  }

  private GroupAdvantages compute(RolloutGroup group, AdvantageConfig.Builder config) {
    GroupResult result = result(group, config);
    assertThat(result.getError().getDetailsList()).isEmpty();
    return result.getAdvantages();
  }

  private void assertRefused(
      RolloutGroup group, AdvantageConfig.Builder config, String... violations) {
    assertThat(violations(result(group, config).getError())).containsExactlyInAnyOrder(violations);
  }

  private GroupResult result(RolloutGroup group, AdvantageConfig.Builder config) {
    return server
        .client()
        .compute(
            request(group).toBuilder()
                .setConfig(config)
                .setOutput(OutputOptions.newBuilder().setDiversity(false))
                .build())
        .getResults(0);
  }
}
