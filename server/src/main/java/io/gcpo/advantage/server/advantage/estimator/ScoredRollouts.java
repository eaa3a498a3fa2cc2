// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The m rollouts of a group whose reward counts, as an estimator sees them. What an estimator did
 * not declare as an {@link Input} may be missing. Immutable.
 */
public final class ScoredRollouts {
  private final Vector rewards;
  private final @Nullable SymmetricMatrix similarity;
  private final @Nullable Vector generatedTokens;
  private final OptionalDouble greedyReward;
  private final Map<String, Vector> components;

  private ScoredRollouts(
      Vector rewards,
      @Nullable SymmetricMatrix similarity,
      @Nullable Vector generatedTokens,
      OptionalDouble greedyReward,
      Map<String, Vector> components) {
    this.rewards = rewards;
    this.similarity = similarity;
    this.generatedTokens = generatedTokens;
    this.greedyReward = greedyReward;
    this.components = components;
  }

  /** Rewards [m] alone. */
  public static ScoredRollouts of(Vector rewards) {
    return new ScoredRollouts(rewards, null, null, OptionalDouble.empty(), Map.of());
  }

  /** With K [m, m]. */
  public ScoredRollouts withSimilarity(SymmetricMatrix similarity) {
    checkSize("similarity", similarity.size());
    return new ScoredRollouts(rewards, similarity, generatedTokens, greedyReward, components);
  }

  /** With the tokens that the policy generated [m], each at least 1. */
  public ScoredRollouts withGeneratedTokens(Vector generatedTokens) {
    checkSize("generatedTokens", generatedTokens.size());
    return new ScoredRollouts(rewards, similarity, generatedTokens, greedyReward, components);
  }

  /** With the greedy rollout's reward. */
  public ScoredRollouts withGreedyReward(double greedyReward) {
    return new ScoredRollouts(
        rewards, similarity, generatedTokens, OptionalDouble.of(greedyReward), components);
  }

  /** With each part of the rewards [m] by its name. */
  public ScoredRollouts withComponents(Map<String, Vector> components) {
    components.forEach((name, values) -> checkSize("components." + name, values.size()));
    return new ScoredRollouts(
        rewards, similarity, generatedTokens, greedyReward, new TreeMap<>(components));
  }

  /** m. */
  public int count() {
    return rewards.size();
  }

  /** [m]. */
  public Vector rewards() {
    return rewards;
  }

  /** K [m, m]; throws if missing. */
  public SymmetricMatrix similarity() {
    return present("similarity", similarity);
  }

  /** [m], each at least 1; throws if missing. */
  public Vector generatedTokens() {
    return present("generatedTokens", generatedTokens);
  }

  /** The greedy rollout's reward; throws if missing. */
  public double greedyReward() {
    return greedyReward.orElseThrow(() -> missing("greedyReward"));
  }

  /** Each part of the rewards [m], in the order of the names; empty if missing. */
  public Map<String, Vector> components() {
    return components;
  }

  private void checkSize(String name, int size) {
    if (size != rewards.size()) {
      throw new IllegalArgumentException(
          name + ": " + size + " rows (expected: " + rewards.size() + ")");
    }
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  private static IllegalStateException missing(String name) {
    return new IllegalStateException(name + ": none (expected: as the estimator declares)");
  }
}
