// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.group;

import io.gcpo.advantage.server.diversity.kernel.ComparedRollouts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of one prompt as the verifier scored them and as a kernel sees them, and perhaps a
 * golden answer that takes the place of one. Immutable.
 */
public final class ScoredGroup {
  /** Largest magnitude of a reward: up to it sums and squares of rewards do not overflow. */
  public static final double MAX_ABS_REWARD = 1e12;

  private final List<RolloutScore> rollouts;
  private final OptionalDouble greedyReward;
  private final @Nullable Golden golden; // null: no replacement
  private final @Nullable ComparedRollouts compared; // null: rewards only
  private final @Nullable List<String> texts; // null: not known

  private ScoredGroup(
      List<RolloutScore> rollouts,
      OptionalDouble greedyReward,
      @Nullable Golden golden,
      @Nullable ComparedRollouts compared,
      @Nullable List<String> texts) {
    this.rollouts = rollouts;
    this.greedyReward = greedyReward;
    this.golden = golden;
    this.compared = compared;
    this.texts = texts;
  }

  /** Rollouts [n] that no kernel compares, for estimators on rewards alone. */
  public static ScoredGroup of(List<RolloutScore> rollouts) {
    for (int i = 0; i < rollouts.size(); i++) {
      checkReward("rewards[" + i + "]", rollouts.get(i).reward());
    }
    return new ScoredGroup(List.copyOf(rollouts), OptionalDouble.empty(), null, null, null);
  }

  /** With the reward of the policy's greedy rollout. */
  public ScoredGroup withGreedyReward(OptionalDouble greedyReward) {
    checkReward("greedyReward", greedyReward);
    return new ScoredGroup(rollouts, greedyReward, golden, compared, texts);
  }

  /** With a golden answer in the place of a rollout whose reward counts. */
  public ScoredGroup withGolden(Golden golden) {
    checkReward("golden", golden.score().reward());
    if (!isIncluded(golden.place())) {
      throw new IllegalArgumentException(
          "golden.place: " + golden.place() + " (expected: a rollout whose reward counts)");
    }
    return new ScoredGroup(rollouts, greedyReward, golden, compared, texts);
  }

  /**
   * With what a kernel looks at.
   *
   * @param compared [n], or [n + 1] with the golden answer last
   */
  public ScoredGroup withCompared(ComparedRollouts compared) {
    int expected = rollouts.size() + (golden == null ? 0 : 1);
    if (compared.count() != expected) {
      throw new IllegalArgumentException(
          "compared: " + compared.count() + " (expected: " + expected + ")");
    }
    return new ScoredGroup(rollouts, greedyReward, golden, compared, texts);
  }

  /** With the texts [n] of the rollouts, for metrics of wording. */
  public ScoredGroup withTexts(List<String> texts) {
    if (texts.size() != rollouts.size()) {
      throw new IllegalArgumentException(
          "texts: " + texts.size() + " (expected: " + rollouts.size() + ")");
    }
    return new ScoredGroup(rollouts, greedyReward, golden, compared, List.copyOf(texts));
  }

  /** n. */
  public int size() {
    return rollouts.size();
  }

  /** What is known of a rollout. */
  public RolloutScore rollout(int position) {
    return rollouts.get(position);
  }

  /** Whether the reward counts. */
  public boolean isIncluded(int rollout) {
    return rollouts.get(rollout).reward().isPresent();
  }

  /** Whether the reward counts and is above 0. */
  public boolean isCorrect(int rollout) {
    return rollouts.get(rollout).reward().orElse(0) > 0;
  }

  /** The positions [m] of the rollouts whose reward counts. */
  public int[] included() {
    return IntStream.range(0, size()).filter(this::isIncluded).toArray();
  }

  /** The reward of the policy's greedy rollout. */
  public OptionalDouble greedyReward() {
    return greedyReward;
  }

  /** Absent where no golden answer takes a place. */
  public Optional<Golden> golden() {
    return Optional.ofNullable(golden);
  }

  /** [n], or [n + 1] with the golden answer last; absent for a group of rewards only. */
  public Optional<ComparedRollouts> compared() {
    return Optional.ofNullable(compared);
  }

  /** [n]; absent where they are not known or not needed. */
  public Optional<List<String>> texts() {
    return Optional.ofNullable(texts);
  }

  private static void checkReward(String name, OptionalDouble reward) {
    if (!(Math.abs(reward.orElse(0)) <= MAX_ABS_REWARD)) {
      throw new IllegalArgumentException(
          name + ": " + reward.getAsDouble() + " (expected: magnitude <= " + MAX_ABS_REWARD + ")");
    }
  }
}
