// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Neighbour;
import io.gcpo.advantage.server.advantage.estimator.Estimate;
import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.importance.ImportanceRatio;
import io.gcpo.advantage.server.diversity.kernel.Similarity;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Writes an estimate, which knows the rollouts that count only, out over the whole group. */
final class GroupAnswer {
  private final ScoredGroup group;
  private final AdvantageSettings settings;
  private final Optional<Similarity> similarity;
  private final Estimate estimate;

  GroupAnswer(
      ScoredGroup group,
      AdvantageSettings settings,
      Optional<Similarity> similarity,
      Estimate estimate) {
    this.group = group;
    this.settings = settings;
    this.similarity = similarity;
    this.estimate = estimate;
  }

  GroupAdvantages write(DiversityPlan diversity, int batchGroups) {
    int[] included = group.included();
    Optional<Golden> golden = group.golden();
    List<RolloutAdvantage> rollouts = new ArrayList<>(group.size());
    Optional<RolloutAdvantage> goldenAnswer = Optional.empty();
    int next = 0;
    for (int i = 0; i < group.size(); i++) {
      Likelihood likelihood = group.rollout(i).likelihood();
      Optional<Neighbour> nearest = nearest(i);
      if (next == included.length || included[next] != i) {
        rollouts.add(withoutPart(likelihood, nearest));
        continue;
      }
      int k = next++;
      if (golden.isPresent() && golden.get().place() == i) {
        goldenAnswer =
            Optional.of(withPart(k, golden.get().score().likelihood(), Optional.empty()));
        rollouts.add(withoutPart(likelihood, nearest));
      } else {
        rollouts.add(withPart(k, likelihood, nearest));
      }
    }
    return new GroupAdvantages(
        rollouts,
        RewardStatistics.of(
            Vector.of(included.length, k -> group.rollout(included[k]).reward().orElseThrow())),
        GroupDiversity.of(group, similarity.map(Similarity::matrix), diversity),
        GroupSignal.of(estimate.advantages()),
        estimate.centered(),
        estimate.credits().map(Estimate.Credits::team),
        goldenAnswer,
        similarity.map(this::report),
        diversity.matrix() ? similarity.map(this::ofRollouts) : Optional.empty(),
        batchGroups);
  }

  /** Without median and mean of a group that has no pair of correct rollouts. */
  private KernelReport report(Similarity compared) {
    long correct = IntStream.range(0, group.size()).filter(group::isCorrect).count();
    return correct < 2
        ? new KernelReport(OptionalDouble.empty(), OptionalDouble.empty(), compared.temperature())
        : new KernelReport(compared.median(), compared.mean(), compared.temperature());
  }

  /** Without the golden answer. */
  private SymmetricMatrix ofRollouts(Similarity compared) {
    return compared.matrix().principal(IntStream.range(0, group.size()).toArray());
  }

  /** Of the k-th rollout that counts. */
  private RolloutAdvantage withPart(int k, Likelihood likelihood, Optional<Neighbour> nearest) {
    double advantage = estimate.advantages().get(k);
    Optional<Credit> credit =
        estimate
            .credits()
            .map(
                credits ->
                    new Credit(
                        credits.shares().get(k),
                        credits.scaled().get(k),
                        credits.standardErrors().get(k)));
    return new RolloutAdvantage(
        advantage, true, credit, nearest, importance(likelihood, advantage));
  }

  private RolloutAdvantage withoutPart(Likelihood likelihood, Optional<Neighbour> nearest) {
    Optional<Credit> nothing = estimate.credits().map(credits -> Credit.NONE);
    return new RolloutAdvantage(0, false, nothing, nearest, importance(likelihood, 0));
  }

  private Optional<ImportanceRatio> importance(Likelihood likelihood, double advantage) {
    return ImportanceRatio.of(likelihood, advantage, settings.importance());
  }

  private Optional<Neighbour> nearest(int position) {
    return similarity.flatMap(compared -> NearestCorrect.of(position, group, compared.matrix()));
  }
}
