// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.v1.RewardStatus;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads the numbers that come with a rollout. */
final class RolloutScoreParser {
  private final double maxAbsReward;
  private final Violations violations;

  RolloutScoreParser(double maxAbsReward, Violations violations) {
    this.maxAbsReward = maxAbsReward;
    this.violations = violations;
  }

  /** What verifier and trainer say of a rollout; {@code path} is where it stands. */
  RolloutScore parse(Rollout rollout, String path) {
    checkReward(rollout.getReward(), path + ".reward");
    rollout
        .getRewardComponentsMap()
        .forEach((name, value) -> checkReward(value, path + ".reward_components." + name));
    return new RolloutScore(
        reward(rollout, path),
        rollout.getRewardComponentsMap(),
        new Likelihood(
            tokens(
                rollout.hasGeneratedTokens(),
                rollout.getGeneratedTokens(),
                path,
                "generated_tokens"),
            logProb(rollout.hasLogProb(), rollout.getLogProb(), path, "log_prob"),
            logProb(rollout.hasOldLogProb(), rollout.getOldLogProb(), path, "old_log_prob")));
  }

  /** What is known of a group's golden answer. */
  Likelihood parseGolden(RolloutGroup group, String path) {
    return new Likelihood(
        tokens(group.hasGoldenTokens(), group.getGoldenTokens(), path, "golden_tokens"),
        logProb(group.hasGoldenLogProb(), group.getGoldenLogProb(), path, "golden_log_prob"),
        logProb(
            group.hasGoldenOldLogProb(), group.getGoldenOldLogProb(), path, "golden_old_log_prob"));
  }

  /** The greedy rollout's reward. */
  OptionalDouble parseGreedyReward(RolloutGroup group, String path) {
    checkReward(group.getGreedyReward(), path + ".greedy_reward");
    return group.hasGreedyReward()
        ? OptionalDouble.of(group.getGreedyReward())
        : OptionalDouble.empty();
  }

  private OptionalDouble reward(Rollout rollout, String path) {
    RewardStatus status = rollout.getRewardStatus();
    if (status == RewardStatus.UNRECOGNIZED) {
      violations.invalid(
          path + ".reward_status",
          rollout.getRewardStatusValue() + " (expected: a status of the contract)");
    } else if (status == RewardStatus.REWARD_STATUS_VALID && !rollout.hasReward()) {
      violations.invalid(path + ".reward", "absent (expected: given, as reward_status is VALID)");
    }
    boolean counts =
        rollout.hasReward()
            && (status == RewardStatus.REWARD_STATUS_UNSPECIFIED
                || status == RewardStatus.REWARD_STATUS_VALID);
    return counts ? OptionalDouble.of(rollout.getReward()) : OptionalDouble.empty();
  }

  private void checkReward(double reward, String field) {
    if (!Double.isFinite(reward)) {
      violations.invalid(field, reward + " (expected: finite)");
    } else if (Math.abs(reward) > maxAbsReward) {
      violations.invalid(field, "%s (expected: magnitude <= %s)".formatted(reward, maxAbsReward));
    }
  }

  private OptionalInt tokens(boolean present, int tokens, String path, String field) {
    if (tokens < 0) {
      violations.invalid(
          path + "." + field,
          "%s (expected: <= %s)".formatted(Integer.toUnsignedString(tokens), Integer.MAX_VALUE));
    }
    return present ? OptionalInt.of(tokens) : OptionalInt.empty();
  }

  private OptionalDouble logProb(boolean present, double logProb, String path, String field) {
    if (!Double.isFinite(logProb)) {
      violations.invalid(path + "." + field, logProb + " (expected: finite)");
    }
    return present ? OptionalDouble.of(logProb) : OptionalDouble.empty();
  }
}
