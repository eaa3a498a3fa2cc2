// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Neighbour;
import io.gcpo.advantage.server.advantage.estimator.Estimate;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.Kernel;
import io.gcpo.advantage.server.advantage.estimator.ScoredRollouts;
import io.gcpo.advantage.server.diversity.metrics.DiversityChoice;
import io.gcpo.advantage.server.diversity.metrics.DiversityMeter;
import io.gcpo.advantage.server.diversity.metrics.RolloutSet;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Turns a scored group into advantages. Stateless; the answer is a pure function of the arguments,
 * bit by bit.
 */
public final class AdvantageCalculator {

  /**
   * The advantages of one group.
   *
   * @param group n rollouts; with embeddings if the estimator needs similarity
   * @param diversity whether to measure diversity, where the group has embeddings
   * @throws IllegalArgumentException if the estimator needs embeddings and the group has none
   */
  public GroupAdvantages compute(ScoredGroup group, EstimatorChoice choice, boolean diversity) {
    Optional<SymmetricMatrix> similarity = similarity(group, choice, diversity);
    int[] included = positions(group, group::isIncluded);
    Vector rewards = Vector.of(included.length, i -> group.reward(included[i]).orElseThrow());
    Estimate estimate =
        choice
            .estimator()
            .estimate(
                new ScoredRollouts(rewards, similarity.map(kernel -> kernel.principal(included))),
                choice.parameters());
    return new GroupAdvantages(
        rollouts(group, included, estimate, similarity),
        RewardStatistics.of(rewards),
        similarity.filter(kernel -> diversity).map(kernel -> diversity(group, kernel)),
        signal(estimate, included.length),
        estimate.centered() || included.length < 2,
        estimate.credits().map(Estimate.Credits::team));
  }

  private static Optional<SymmetricMatrix> similarity(
      ScoredGroup group, EstimatorChoice choice, boolean diversity) {
    boolean needed = choice.estimator().spec().needsSimilarity();
    if (needed && group.embeddings().isEmpty()) {
      throw new IllegalArgumentException(
          "embeddings: none (expected: one for each rollout, for "
              + choice.estimator().spec().name()
              + ")");
    }
    if (!needed && !diversity) {
      return Optional.empty();
    }
    return group.embeddings().map(Kernel.of(choice)::similarity);
  }

  private static List<RolloutAdvantage> rollouts(
      ScoredGroup group, int[] included, Estimate estimate, Optional<SymmetricMatrix> similarity) {
    List<RolloutAdvantage> rollouts = new ArrayList<>(group.size());
    int next = 0;
    for (int i = 0; i < group.size(); i++) {
      int position = i;
      Optional<Neighbour> nearest =
          similarity.flatMap(kernel -> NearestCorrect.of(position, group, kernel));
      if (!group.isIncluded(i)) {
        Optional<Credit> nothing = estimate.credits().map(credits -> new Credit(0, 0));
        rollouts.add(new RolloutAdvantage(0, false, nothing, nearest));
        continue;
      }
      int k = next++;
      // A lone rollout has nothing to be compared with, whatever the estimator.
      double advantage = included.length < 2 ? 0 : estimate.advantages().get(k);
      Optional<Credit> credit =
          estimate
              .credits()
              .map(credits -> new Credit(credits.shares().get(k), credits.scaled().get(k)));
      rollouts.add(new RolloutAdvantage(advantage, true, credit, nearest));
    }
    return rollouts;
  }

  private static GroupDiversity diversity(ScoredGroup group, SymmetricMatrix similarity) {
    int[] correct = positions(group, group::isCorrect);
    RolloutSet all = RolloutSet.ofSimilarity(similarity);
    return new GroupDiversity(
        DiversityMeter.measure(DiversityChoice.DEFAULT, all),
        DiversityMeter.measure(DiversityChoice.DEFAULT, all.pick(correct)));
  }

  private static GroupSignal signal(Estimate estimate, int included) {
    if (included == 0) {
      return GroupSignal.ALL_EXCLUDED;
    }
    if (included == 1) {
      return GroupSignal.TOO_FEW_VALID;
    }
    return estimate.tie() ? GroupSignal.ZERO_VARIANCE : GroupSignal.OK;
  }

  private static int[] positions(ScoredGroup group, IntPredicate condition) {
    return IntStream.range(0, group.size()).filter(condition).toArray();
  }
}
