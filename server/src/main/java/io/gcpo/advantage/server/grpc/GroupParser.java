// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.pipeline.GroupJob;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.JobEntry;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.RewardStatus;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.Rollout.ContentCase;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.OptionalDouble;

/** Checks one group completely and turns it into a job, or into a rejection that says all. */
final class GroupParser {
  /** Of a group's or a rollout's id. */
  static final int MAX_ID_CHARACTERS = 256;

  private final LimitsConfig limits;
  private final ConfigParser configs;

  GroupParser(LimitsConfig limits, ConfigParser configs) {
    this.limits = limits;
    this.configs = configs;
  }

  /**
   * The group's entry.
   *
   * @param path where the group stands, for example {@code groups[3]}
   * @param requestConfig what holds for groups that bring no configuration
   * @param known what is already known to be wrong with it
   */
  JobEntry parse(
      RolloutGroup group, String path, AdvantageConfig requestConfig, List<Violation> known) {
    Violations violations = new Violations();
    known.forEach(violation -> violations.invalid(violation.field(), violation.problem()));
    checkId(group.getGroupId(), path + ".group_id", violations);
    if (group.getGroupId().isEmpty()) {
      violations.invalid(path + ".group_id", "empty (expected: 1 to 256 characters)");
    }
    ResolvedConfig config =
        configs.resolve(
            ConfigParser.merged(requestConfig, group.getConfig()),
            group.hasConfig() ? path + ".config" : "config",
            violations);
    if (group.getRolloutsCount() == 0) {
      violations.invalid(path + ".rollouts", "empty (expected: at least one)");
    }
    if (group.getRolloutsCount() > limits.maxRolloutsPerGroup()) {
      violations.overLimit(
          path + ".rollouts", group.getRolloutsCount() + " rollouts", limits.maxRolloutsPerGroup());
      return rejection(group, violations);
    }
    List<OptionalDouble> rewards = rewards(group, path, violations);
    GroupJob.Content content = content(group, path, violations);
    if (!violations.isEmpty()) {
      return rejection(group, violations);
    }
    return new GroupJob(
        path,
        group.getGroupId(),
        group.getRolloutsList().stream().map(Rollout::getRolloutId).toList(),
        rewards,
        content,
        config.choice(),
        config.truncationPolicy());
  }

  private static GroupRejection rejection(RolloutGroup group, Violations violations) {
    return new GroupRejection(group.getGroupId(), violations.reason(), violations.toList());
  }

  private static void checkId(String id, String path, Violations violations) {
    if (id.length() > MAX_ID_CHARACTERS) {
      violations.overLimit(path, id.length() + " characters", MAX_ID_CHARACTERS);
    }
  }

  private List<OptionalDouble> rewards(RolloutGroup group, String path, Violations violations) {
    ImmutableList.Builder<OptionalDouble> rewards = ImmutableList.builder();
    for (int i = 0; i < group.getRolloutsCount(); i++) {
      Rollout rollout = group.getRollouts(i);
      String rolloutPath = "%s.rollouts[%d]".formatted(path, i);
      checkId(rollout.getRolloutId(), rolloutPath + ".rollout_id", violations);
      rewards.add(reward(rollout, rolloutPath, violations));
    }
    return rewards.build();
  }

  private OptionalDouble reward(Rollout rollout, String path, Violations violations) {
    double reward = rollout.getReward();
    if (!Double.isFinite(reward)) {
      violations.invalid(path + ".reward", reward + " (expected: finite)");
    } else if (Math.abs(reward) > limits.maxAbsReward()) {
      violations.invalid(
          path + ".reward",
          "%s (expected: magnitude <= %s)".formatted(reward, limits.maxAbsReward()));
    }
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
    return counts ? OptionalDouble.of(reward) : OptionalDouble.empty();
  }

  private GroupJob.Content content(RolloutGroup group, String path, Violations violations) {
    List<Rollout> rollouts = group.getRolloutsList();
    if (rollouts.isEmpty()) {
      return new GroupJob.Texts(ImmutableList.of());
    }
    ContentCase kind = rollouts.get(0).getContentCase();
    boolean mixed = false;
    for (int i = 0; i < rollouts.size(); i++) {
      ContentCase own = rollouts.get(i).getContentCase();
      String rolloutPath = "%s.rollouts[%d]".formatted(path, i);
      if (own == ContentCase.CONTENT_NOT_SET) {
        violations.invalid(rolloutPath, "no content (expected: text or embedding_f32_le)");
      } else if (own != kind && kind != ContentCase.CONTENT_NOT_SET) {
        violations.invalid(
            rolloutPath, "%s (expected: %s as in rollouts[0])".formatted(name(own), name(kind)));
      }
      mixed |= own != kind;
    }
    if (!mixed && kind == ContentCase.EMBEDDING_F32_LE) {
      return new GroupJob.Embeddings(
          EmbeddingParser.parse(rollouts, path, limits.maxEmbeddingDimension(), violations));
    }
    for (int i = 0; i < rollouts.size(); i++) {
      TextCheck.check(
          rollouts.get(i).getText(),
          "%s.rollouts[%d].text".formatted(path, i),
          limits.maxTextBytes(),
          violations);
    }
    return new GroupJob.Texts(rollouts.stream().map(Rollout::getText).toList());
  }

  private static String name(ContentCase kind) {
    return kind == ContentCase.TEXT ? "text" : "embedding_f32_le";
  }
}
