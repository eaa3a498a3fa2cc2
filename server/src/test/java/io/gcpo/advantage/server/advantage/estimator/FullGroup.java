// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * A group with everything that any estimator asks for.
 *
 * @param sample rewards [m] and embeddings
 * @param tokens [m], each at least 1
 * @param greedy the greedy rollout's reward
 * @param components parts of rewards [m] by name; they need not sum to the rewards
 */
record FullGroup(SampleGroup sample, Vector tokens, double greedy, Map<String, Vector> components) {

  /** One of 1 to 12 rollouts; rewards and embeddings as {@link RandomGroups} has them. */
  static FullGroup random(long seed) {
    RandomGroups source = new RandomGroups(seed);
    Random random = new Random(~seed);
    SampleGroup sample = source.next(12);
    int size = sample.size();
    return new FullGroup(
        sample,
        Vector.of(size, i -> 1 + random.nextInt(1 << (1 + random.nextInt(14)))),
        random.nextInt(2),
        Map.of(
            "accuracy", Vector.of(size, i -> random.nextInt(2)),
            "format", Vector.of(size, i -> 0.1),
            "style", Vector.of(size, i -> random.nextGaussian())));
  }

  int size() {
    return sample.size();
  }

  /** As an estimator sees it. */
  ScoredRollouts rollouts() {
    return ScoredRollouts.of(sample.rewards())
        .withSimilarity(CosineKernel.of(sample.embeddings()))
        .withGeneratedTokens(tokens)
        .withGreedyReward(greedy)
        .withComponents(components);
  }

  /** The rollouts at these positions, in this order, repeated where a position is. */
  FullGroup pick(int... positions) {
    Map<String, Vector> picked = new LinkedHashMap<>();
    components.forEach((name, values) -> picked.put(name, pick(values, positions)));
    return new FullGroup(sample.pick(positions), pick(tokens, positions), greedy, picked);
  }

  /** Every reward, the greedy one's and every component through a function. */
  FullGroup mapped(DoubleUnaryOperator function) {
    Map<String, Vector> mapped = new LinkedHashMap<>();
    components.forEach((name, values) -> mapped.put(name, map(values, function)));
    return new FullGroup(
        new SampleGroup(sample.kind(), map(sample.rewards(), function), sample.embeddings()),
        tokens,
        function.applyAsDouble(greedy),
        mapped);
  }

  private static Vector pick(Vector values, int... positions) {
    return Vector.of(positions.length, i -> values.get(positions[i]));
  }

  private static Vector map(Vector values, DoubleUnaryOperator function) {
    return Vector.of(values.size(), i -> function.applyAsDouble(values.get(i)));
  }
}
