// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.gold;

import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What becomes of a group's golden answer. Where every rollout fails, it takes one place, as in
 * Group Contrastive Policy Optimization, "Go Gold" (arXiv 2510.07790), of whose text only the
 * abstract was available to us: which place, which reward and the threshold are our reading.
 *
 * @param golden present where {@code outcome} is {@link GoldOutcome#REPLACED}
 */
public record GoldDecision(GoldOutcome outcome, Optional<Golden> golden) {

  /**
   * Decides on the rewards that count.
   *
   * @param rollouts [n], with what the {@link Replacement} needs
   * @param answer the golden answer's likelihood; empty where the group brought no golden answer
   * @param groupId sets the draws of equal seeds apart
   * @param parameters a value for each of {@link GoldParameters}
   */
  public static GoldDecision of(
      List<RolloutScore> rollouts,
      Optional<Likelihood> answer,
      String groupId,
      Parameters parameters) {
    int[] candidates =
        IntStream.range(0, rollouts.size())
            .filter(i -> rollouts.get(i).reward().isPresent())
            .toArray();
    double threshold = parameters.get(GoldParameters.THRESHOLD);
    for (int i : candidates) {
      if (rollouts.get(i).reward().getAsDouble() > threshold) {
        return without(GoldOutcome.NOT_TRIGGERED);
      }
    }
    if (candidates.length == 0) {
      return without(GoldOutcome.NOT_TRIGGERED);
    }
    if (answer.isEmpty()) {
      return without(GoldOutcome.NO_GOLDEN_ANSWER);
    }
    // An odd multiplier spreads the ids' hashes over the seed's upper bits.
    long seed = parameters.get(GoldParameters.SEED) + 0x9E3779B97F4A7C15L * groupId.hashCode();
    int place = parameters.get(GoldParameters.REPLACEMENT).choose(rollouts, candidates, seed);
    RolloutScore score =
        new RolloutScore(
            OptionalDouble.of(parameters.get(GoldParameters.REWARD)), Map.of(), answer.get());
    return new GoldDecision(GoldOutcome.REPLACED, Optional.of(new Golden(place, score)));
  }

  private static GoldDecision without(GoldOutcome outcome) {
    return new GoldDecision(outcome, Optional.empty());
  }
}
