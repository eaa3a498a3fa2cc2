// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.advantage.KernelReport;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.advantage.RolloutAdvantage;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;

/** The one exit check: no NaN and no infinity ever leaves the service. */
final class FinitenessCheck {
  private FinitenessCheck() {}

  static boolean isFinite(GroupAdvantages advantages) {
    return advantages.rollouts().stream().allMatch(FinitenessCheck::isFinite)
        && advantages.golden().stream().allMatch(FinitenessCheck::isFinite)
        && isFinite(advantages.rewards())
        && advantages.teamCredit().stream().allMatch(team -> Double.isFinite(team.teamValue()))
        && advantages.kernel().stream().allMatch(FinitenessCheck::isFinite)
        && advantages.diversity().stream().allMatch(FinitenessCheck::isFinite);
  }

  /** The matrix needs no check: it holds finite values only, by its type. */
  private static boolean isFinite(KernelReport kernel) {
    return Double.isFinite(kernel.medianSimilarity().orElse(0))
        && Double.isFinite(kernel.meanSimilarity().orElse(0))
        && Double.isFinite(kernel.temperature().orElse(0));
  }

  private static boolean isFinite(RolloutAdvantage rollout) {
    return Double.isFinite(rollout.advantage())
        && rollout.credit().stream().allMatch(FinitenessCheck::isFinite)
        && rollout.importance().stream().allMatch(ratio -> Double.isFinite(ratio.value()))
        && rollout.nearestCorrect().stream().allMatch(n -> Double.isFinite(n.similarity()));
  }

  private static boolean isFinite(Credit credit) {
    return Double.isFinite(credit.share())
        && Double.isFinite(credit.scaled())
        && Double.isFinite(credit.standardError());
  }

  private static boolean isFinite(RewardStatistics rewards) {
    return Double.isFinite(rewards.mean())
        && Double.isFinite(rewards.standardDeviation())
        && Double.isFinite(rewards.min())
        && Double.isFinite(rewards.max());
  }

  private static boolean isFinite(GroupDiversity diversity) {
    return isFinite(diversity.all())
        && isFinite(diversity.correct())
        && diversity.passAtK().stream().allMatch(pass -> Double.isFinite(pass.value()));
  }

  private static boolean isFinite(DiversityMetrics metrics) {
    return metrics.doubles().allMatch(Double::isFinite);
  }
}
