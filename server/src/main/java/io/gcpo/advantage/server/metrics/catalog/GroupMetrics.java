// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.pipeline.GroupRejection;

/** Of groups of rollouts: what training gets to see. */
public final class GroupMetrics {
  public static final Metric GROUPS =
      Metric.counter(
          "gcpo_groups_total",
          "groups",
          "Groups that have their advantages, by whether these teach anything (OK)",
          MetricLabel.of("signal", GroupSignal.values()));

  public static final Metric REJECTIONS =
      Metric.counter(
          "gcpo_group_rejections_total",
          "rejections",
          "Groups that were refused or failed",
          MetricLabel.of("reason", GroupRejection.Reason.values()));

  public static final Metric ROLLOUTS =
      Metric.counter(
          "gcpo_rollouts_total",
          "rollouts",
          "Rollouts of computed groups, by whether their reward counted",
          MetricLabel.of("included", "true", "false"));

  public static final Metric GOLDEN_INJECTIONS =
      Metric.counter(
          "gcpo_golden_injections_total",
          "groups",
          "Groups in which the golden answer took a rollout's place");

  public static final Metric SIZE =
      Metric.of(MetricKind.HISTOGRAM_AND_MAX, "gcpo_group_size", "rollouts", "Rollouts in a group");

  public static final Metric REWARD_STD =
      Metric.histogram(
          "gcpo_group_reward_std",
          "reward",
          "Sample standard deviation of a group's rewards, of at least two");

  public static final Metric CREDIT_STD =
      Metric.histogram(
          "gcpo_group_credit_std",
          "credit",
          "Sample standard deviation of the scaled credits of a group's rollouts that count, of at"
              + " least two, for estimators with team credit; 1 is the credit of a lone correct"
              + " rollout of reward 1");

  public static final Metric TEAM_CREDIT =
      Metric.histogram(
          "gcpo_group_team_credit",
          "credit",
          "Sum of the scaled credits of a group's rollouts, for estimators with team credit: about"
              + " how many different correct solutions it holds");

  public static final Metric CORRECT_SIMILARITY =
      Metric.histogram(
          "gcpo_group_correct_similarity",
          "similarity",
          "Mean similarity of the pairs of correct rollouts of a group before any temperature, of"
              + " at least one pair, where similarities were computed; 1: all alike");

  public static final Metric VENDI_SCORE =
      Metric.histogram(
          "gcpo_group_vendi_score",
          "rollouts",
          "Vendi score of all rollouts of a group, where it was computed");

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(
          GROUPS,
          REJECTIONS,
          ROLLOUTS,
          GOLDEN_INJECTIONS,
          SIZE,
          REWARD_STD,
          CREDIT_STD,
          TEAM_CREDIT,
          CORRECT_SIMILARITY,
          VENDI_SCORE);

  private GroupMetrics() {}
}
