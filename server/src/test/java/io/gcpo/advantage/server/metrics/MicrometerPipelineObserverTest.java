// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.KernelReport;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.advantage.RolloutAdvantage;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.diversity.metrics.VendiScores;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.GroupRejection.Reason;
import io.gcpo.advantage.server.pipeline.Limit;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.server.testing.Computed;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MicrometerPipelineObserverTest {
  private static final AdvantageSettings SETTINGS = Computed.settings(Computed.choice("GRPO"));

  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final MicrometerPipelineObserver observer = new MicrometerPipelineObserver(registry);

  @ParameterizedTest
  @CsvSource({"VALIDATE,validate", "EMBED,embed", "ADVANTAGE,advantage", "SERIALIZE,serialize"})
  void stageEnded_eachStage_isTimed(Stage stage, String tag) {
    observer.stageEnded(stage, Duration.ofMillis(3));
    assertThat(sample("gcpo_stage_duration_seconds_sum{stage=\"%s\"}".formatted(tag)))
        .isEqualTo(0.003);
  }

  @Test
  void groupComputed_diverseGroup_isCounted() {
    observer.groupComputed(
        group(
            GroupSignal.OK,
            new RewardStatistics(2, 1, 0.5, 0.7, 0, 1),
            Optional.of(
                new GroupDiversity(
                    DiversityMetrics.builder(3)
                        .vendiScores(new VendiScores(2.4, 2.2, 2, 1.8))
                        .build(),
                    DiversityMetrics.builder(0).build(),
                    List.of()))),
        SETTINGS);
    assertThat(sample("gcpo_groups_total{signal=\"OK\"}")).isEqualTo(1);
    assertThat(sample("gcpo_groups_total{signal=\"ZERO_VARIANCE\"}")).isZero();
    assertThat(sample("gcpo_rollouts_total{included=\"true\"}")).isEqualTo(2);
    assertThat(sample("gcpo_rollouts_total{included=\"false\"}")).isEqualTo(1);
    assertThat(sample("gcpo_group_size_sum")).isEqualTo(3);
    assertThat(sample("gcpo_group_reward_std_sum")).isEqualTo(0.7);
    assertThat(sample("gcpo_group_reward_std_bucket{le=\"0.6\"}")).isZero();
    assertThat(sample("gcpo_group_reward_std_bucket{le=\"0.8\"}")).isEqualTo(1);
    assertThat(sample("gcpo_group_vendi_score_sum")).isEqualTo(2.2);
    assertThat(sample("gcpo_group_vendi_score_bucket{le=\"2.0\"}")).isZero();
    assertThat(sample("gcpo_group_vendi_score_bucket{le=\"2.5\"}")).isEqualTo(1);
  }

  @Test
  void groupComputed_oneRewardAndNoDiversity_leavesThoseOut() {
    observer.groupComputed(
        group(GroupSignal.TOO_FEW_VALID, new RewardStatistics(1, 1, 1, 0, 1, 1), Optional.empty()),
        SETTINGS);
    assertThat(sample("gcpo_group_reward_std_count")).isZero();
    assertThat(sample("gcpo_group_vendi_score_count")).isZero();
    assertThat(sample("gcpo_group_size_count")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void groupRejected_eachReason_isCounted(Reason reason) {
    observer.groupRejected(new GroupRejection("g", reason, List.of()));
    assertThat(sample("gcpo_group_rejections_total{reason=\"%s\"}".formatted(reason))).isEqualTo(1);
  }

  @Test
  void groupComputed_teamCredit_measuresItsSpreadOverRolloutsThatCount() {
    observer.groupComputed(
        new GroupAdvantages(
            List.of(credited(0, true), credited(2, true), credited(1, true), credited(9, false)),
            new RewardStatistics(3, 2, 0.5, 0.5, 0, 1),
            Optional.empty(),
            GroupSignal.OK,
            true,
            Optional.of(new TeamCredit(1.2, CreditMethod.EXACT, 0)),
            Optional.empty(),
            Optional.of(
                new KernelReport(
                    OptionalDouble.of(0.5), OptionalDouble.of(0.75), OptionalDouble.empty())),
            Optional.empty(),
            0),
        SETTINGS);
    assertThat(sample("gcpo_group_credit_std_sum")).isEqualTo(1);
    assertThat(sample("gcpo_group_team_credit_sum")).isEqualTo(3);
    assertThat(sample("gcpo_group_correct_similarity_sum")).isEqualTo(0.75);
    assertThat(sample("gcpo_group_correct_similarity_bucket{le=\"0.7\"}")).isZero();
    assertThat(sample("gcpo_group_correct_similarity_bucket{le=\"0.8\"}")).isEqualTo(1);
    assertThat(sample("gcpo_golden_injections_total")).isZero();
  }

  @Test
  void groupComputed_withoutCreditAndKernel_leavesThoseOut() {
    observer.groupComputed(
        group(GroupSignal.OK, new RewardStatistics(3, 2, 0.5, 0.5, 0, 1), Optional.empty()),
        SETTINGS);
    assertThat(sample("gcpo_group_credit_std_count")).isZero();
    assertThat(sample("gcpo_group_team_credit_count")).isZero();
    assertThat(sample("gcpo_group_correct_similarity_count")).isZero();
  }

  @Test
  void groupComputed_goldenAnswerInAPlace_isCounted() {
    observer.groupComputed(
        new GroupAdvantages(
            List.of(credited(0, false)),
            new RewardStatistics(1, 0, 0, 0, 0, 0),
            Optional.empty(),
            GroupSignal.OK,
            true,
            Optional.empty(),
            Optional.of(credited(1, true)),
            Optional.empty(),
            Optional.empty(),
            0),
        SETTINGS);
    assertThat(sample("gcpo_golden_injections_total")).isEqualTo(1);
  }

  @Test
  void requestRefused_limits_areCountedOnceEach() {
    observer.requestRefused(
        List.of(
            exceeding("texts[0]", Limit.TEXT_BYTES),
            exceeding("texts[1]", Limit.TEXT_BYTES),
            exceeding("texts", Limit.TEXTS),
            new Violation("config", "unknown (expected: known)")));
    observer.groupRejected(
        new GroupRejection(
            "g", Reason.LIMIT, List.of(exceeding("groups[0].rollouts", Limit.ROLLOUTS))));
    assertThat(sample("gcpo_over_limit_total{limit=\"text_bytes\"}")).isEqualTo(1);
    assertThat(sample("gcpo_over_limit_total{limit=\"texts\"}")).isEqualTo(1);
    assertThat(sample("gcpo_over_limit_total{limit=\"rollouts\"}")).isEqualTo(1);
    assertThat(sample("gcpo_over_limit_total{limit=\"groups\"}")).isZero();
  }

  @Test
  void textsDeduplicated_texts_areAdded() {
    observer.textsDeduplicated(4, 100);
    observer.textsDeduplicated(2, 11);
    assertThat(sample("gcpo_texts_deduplicated_total")).isEqualTo(6);
    assertThat(sample("gcpo_tokens_total{kind=\"deduplicated\"}")).isEqualTo(111);
  }

  private static RolloutAdvantage credited(double scaled, boolean included) {
    return new RolloutAdvantage(
        0,
        included,
        Optional.of(new Credit(0.6 * scaled, scaled, 0)),
        Optional.empty(),
        Optional.empty());
  }

  private static Violation exceeding(String field, Limit limit) {
    return new Violation(field, "9 (expected: <= 8)", Optional.of(limit));
  }

  /** Of three rollouts, of which the rewards of {@code rewards.count()} count. */
  private static GroupAdvantages group(
      GroupSignal signal, RewardStatistics rewards, Optional<GroupDiversity> diversity) {
    RolloutAdvantage rollout =
        new RolloutAdvantage(0, true, Optional.empty(), Optional.empty(), Optional.empty());
    return new GroupAdvantages(
        List.of(rollout, rollout, rollout),
        rewards,
        diversity,
        signal,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private double sample(String nameAndTags) {
    return Exposition.of(registry).sample(nameAndTags);
  }
}
