// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.estimator.ScoredRollouts;
import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A group as its estimator sees it: the rollouts that count, the golden answer in its place. */
final class GroupView {
  private final ScoredGroup group;
  private final int[] included;

  GroupView(ScoredGroup group) {
    this.group = group;
    this.included = group.included();
  }

  /**
   * What the estimator sees [m].
   *
   * @param similarity K of the group's rollouts, the golden answer last
   */
  ScoredRollouts rollouts(Optional<SymmetricMatrix> similarity) {
    ScoredRollouts rollouts =
        ScoredRollouts.of(
            Vector.of(included.length, k -> score(included[k]).reward().orElseThrow()));
    if (similarity.isPresent()) {
      int[] rows = Arrays.stream(included).map(this::row).toArray();
      rollouts = rollouts.withSimilarity(similarity.get().principal(rows));
    }
    if (Arrays.stream(included).allMatch(i -> tokens(i) > 0)) {
      rollouts = rollouts.withGeneratedTokens(Vector.of(included.length, k -> tokens(included[k])));
    }
    if (group.greedyReward().isPresent()) {
      rollouts = rollouts.withGreedyReward(group.greedyReward().getAsDouble());
    }
    return rollouts.withComponents(components());
  }

  private Map<String, Vector> components() {
    Map<String, Vector> components = new LinkedHashMap<>();
    if (included.length > 0) {
      for (String name : score(included[0]).components().keySet()) {
        if (Arrays.stream(included).allMatch(i -> score(i).components().containsKey(name))) {
          components.put(
              name,
              Vector.of(
                  included.length, k -> score(included[k]).components().getOrDefault(name, 0.0)));
        }
      }
    }
    return components;
  }

  private RolloutScore score(int position) {
    return group
        .golden()
        .filter(golden -> golden.place() == position)
        .map(Golden::score)
        .orElse(group.rollout(position));
  }

  private int row(int position) {
    boolean replaced = group.golden().filter(golden -> golden.place() == position).isPresent();
    return replaced ? group.size() : position;
  }

  private int tokens(int position) {
    return score(position).likelihood().generatedTokens().orElse(0);
  }
}
