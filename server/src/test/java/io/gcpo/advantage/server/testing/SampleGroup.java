// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rewards [n] and embeddings [n, d] of a group.
 *
 * @param kind what is special about the embeddings
 */
public record SampleGroup(String kind, Vector rewards, FloatMatrix embeddings) {

  /** n. */
  public int size() {
    return rewards.size();
  }

  /** All rewards count. */
  public ScoredGroup scored() {
    return scored(i -> true);
  }

  /** Only the rewards count for which {@code counts} says so. */
  public ScoredGroup scored(IntPredicate counts) {
    return ScoredGroup.of(scores(counts)).withCompared(Computed.compared(embeddings));
  }

  /** The rewards, absent where {@code counts} says no. */
  public List<RolloutScore> scores(IntPredicate counts) {
    return IntStream.range(0, size())
        .mapToObj(i -> counts.test(i) ? OptionalDouble.of(rewards.get(i)) : OptionalDouble.empty())
        .map(RolloutScore::of)
        .toList();
  }

  /** The rollouts at these positions, in this order, repeated where a position is. */
  public SampleGroup pick(int... positions) {
    return new SampleGroup(
        kind,
        Vector.of(positions.length, i -> rewards.get(positions[i])),
        FloatMatrix.fill(
            positions.length,
            embeddings.columns(),
            (row, target, offset) -> {
              for (int k = 0; k < embeddings.columns(); k++) {
                target[offset + k] = embeddings.get(positions[row], k);
              }
            }));
  }

  /** The same rollouts with one reward replaced. */
  public SampleGroup withReward(int rollout, double reward) {
    return new SampleGroup(
        kind, Vector.of(rewards.size(), i -> i == rollout ? reward : rewards.get(i)), embeddings);
  }

  /** The same rollouts, all with this reward. */
  public SampleGroup withRewards(double reward) {
    return new SampleGroup(kind, Vector.of(rewards.size(), i -> reward), embeddings);
  }

  /** The cosine kernel by its definition. */
  public SymmetricMatrix plainKernel() {
    return SymmetricMatrix.of(
        size(),
        (i, j) -> {
          double norms = Math.sqrt(plainDot(i, i)) * Math.sqrt(plainDot(j, j));
          return norms == 0 ? 0 : plainDot(i, j) / norms;
        });
  }

  private double plainDot(int i, int j) {
    double sum = 0;
    for (int k = 0; k < embeddings.columns(); k++) {
      sum += (double) embeddings.get(i, k) * embeddings.get(j, k);
    }
    return sum;
  }
}
