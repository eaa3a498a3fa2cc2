// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.advantage.estimator.BatchEstimator;
import io.gcpo.advantage.server.advantage.estimator.Estimate;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.GroupEstimator;
import io.gcpo.advantage.server.advantage.estimator.Input;
import io.gcpo.advantage.server.advantage.estimator.ScoredRollouts;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.diversity.kernel.Similarity;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Turns scored groups into advantages. Stateless; the answer is a pure function of the arguments,
 * bit by bit.
 */
public final class AdvantageCalculator {

  /**
   * The advantages of groups.
   *
   * @param groups those that a {@link BatchEstimator} normalises together; a {@link GroupEstimator}
   *     takes each for itself. With what the estimator's {@link AdvantageEstimator#inputs} name
   * @param settings of each group; all of one choice of estimator and parameters
   * @param diversity what to measure; not measured where a group lacks what it needs
   * @return one entry for each group, in the order given
   * @throws IllegalArgumentException if the estimator needs similarities and a group has nothing to
   *     compare
   */
  public List<GroupAdvantages> compute(
      List<ScoredGroup> groups, List<AdvantageSettings> settings, DiversityPlan diversity) {
    if (groups.isEmpty()) {
      return List.of();
    }
    EstimatorChoice choice = settings.get(0).choice();
    List<Optional<Similarity>> similarities = new ArrayList<>(groups.size());
    List<ScoredRollouts> rollouts = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      similarities.add(similarity(groups.get(i), settings.get(i), diversity));
      rollouts.add(
          new GroupView(groups.get(i)).rollouts(similarities.get(i).map(Similarity::matrix)));
    }
    List<Estimate> estimates = estimates(choice, rollouts);
    int batchGroups = choice.estimator() instanceof BatchEstimator ? groups.size() : 0;
    List<GroupAdvantages> answers = new ArrayList<>(groups.size());
    for (int i = 0; i < groups.size(); i++) {
      answers.add(
          new GroupAnswer(groups.get(i), settings.get(i), similarities.get(i), estimates.get(i))
              .write(diversity, batchGroups));
    }
    return answers;
  }

  private static List<Estimate> estimates(EstimatorChoice choice, List<ScoredRollouts> rollouts) {
    if (choice.estimator() instanceof BatchEstimator batch) {
      return batch.estimate(rollouts, choice.parameters());
    }
    GroupEstimator single = (GroupEstimator) choice.estimator();
    return rollouts.stream().map(group -> single.estimate(group, choice.parameters())).toList();
  }

  private static Optional<Similarity> similarity(
      ScoredGroup group, AdvantageSettings settings, DiversityPlan diversity) {
    EstimatorChoice choice = settings.choice();
    boolean needed = choice.estimator().inputs(choice.parameters()).contains(Input.SIMILARITY);
    if (needed && group.compared().isEmpty()) {
      throw new IllegalArgumentException(
          "compared: none (expected: what the kernel looks at, for "
              + choice.estimator().spec().name()
              + ")");
    }
    if (!needed && !diversity.needsSimilarity()) {
      return Optional.empty();
    }
    int[] correct = IntStream.range(0, group.size()).filter(group::isCorrect).toArray();
    return group
        .compared()
        .map(compared -> settings.kernel().plan().apply(compared, group.size(), correct));
  }
}
