// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.advantage.RolloutAdvantage;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;

/** The one exit check: no NaN and no infinity ever leaves the service. */
final class FinitenessCheck {
  private FinitenessCheck() {}

  static boolean isFinite(GroupAdvantages advantages) {
    return advantages.rollouts().stream().allMatch(FinitenessCheck::isFinite)
        && isFinite(advantages.rewards())
        && advantages.teamCredit().stream().allMatch(team -> Double.isFinite(team.teamValue()))
        && advantages.diversity().stream().allMatch(FinitenessCheck::isFinite);
  }

  private static boolean isFinite(RolloutAdvantage rollout) {
    return Double.isFinite(rollout.advantage())
        && rollout.credit().stream().allMatch(c -> Double.isFinite(c.share() + c.scaled()))
        && rollout.nearestCorrect().stream().allMatch(n -> Double.isFinite(n.similarity()));
  }

  private static boolean isFinite(RewardStatistics rewards) {
    return Double.isFinite(rewards.mean())
        && Double.isFinite(rewards.standardDeviation())
        && Double.isFinite(rewards.min())
        && Double.isFinite(rewards.max());
  }

  private static boolean isFinite(GroupDiversity diversity) {
    return isFinite(diversity.all()) && isFinite(diversity.correct());
  }

  private static boolean isFinite(DiversityMetrics metrics) {
    return metrics.doubles().allMatch(Double::isFinite);
  }
}
