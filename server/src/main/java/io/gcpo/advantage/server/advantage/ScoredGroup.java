// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The rollouts of one prompt as the verifier scored them and the encoder embedded them. Immutable.
 */
public final class ScoredGroup {
  /** Largest magnitude of a reward: up to it nothing that an estimator computes overflows. */
  public static final double MAX_ABS_REWARD = 1e12;

  private final List<OptionalDouble> rewards;
  private final @Nullable FloatMatrix embeddings; // null: rewards only

  private ScoredGroup(List<OptionalDouble> rewards, @Nullable FloatMatrix embeddings) {
    this.rewards = List.copyOf(rewards);
    this.embeddings = embeddings;
    for (int i = 0; i < this.rewards.size(); i++) {
      double reward = this.rewards.get(i).orElse(0);
      if (!(Math.abs(reward) <= MAX_ABS_REWARD)) {
        throw new IllegalArgumentException(
            "rewards[" + i + "]: " + reward + " (expected: magnitude <= " + MAX_ABS_REWARD + ")");
      }
    }
  }

  /**
   * A group with embeddings.
   *
   * @param rewards [n]; an absent reward does not count
   * @param embeddings [n, d]
   */
  public static ScoredGroup of(List<OptionalDouble> rewards, FloatMatrix embeddings) {
    if (embeddings.rows() != rewards.size()) {
      throw new IllegalArgumentException(
          "embeddings: " + embeddings.rows() + " rows (expected: " + rewards.size() + ")");
    }
    return new ScoredGroup(rewards, embeddings);
  }

  /**
   * A group without embeddings, for estimators on rewards alone.
   *
   * @param rewards [n]; an absent reward does not count
   */
  public static ScoredGroup rewardsOnly(List<OptionalDouble> rewards) {
    return new ScoredGroup(rewards, null);
  }

  /** n. */
  public int size() {
    return rewards.size();
  }

  /** The reward of a rollout; absent: it does not count. */
  public OptionalDouble reward(int rollout) {
    return rewards.get(rollout);
  }

  /** Whether the reward counts. */
  boolean isIncluded(int rollout) {
    return rewards.get(rollout).isPresent();
  }

  /** Whether the reward counts and is above 0. */
  boolean isCorrect(int rollout) {
    return rewards.get(rollout).orElse(0) > 0;
  }

  /** [n, d]; absent for a group of rewards only. */
  public Optional<FloatMatrix> embeddings() {
    return Optional.ofNullable(embeddings);
  }
}
