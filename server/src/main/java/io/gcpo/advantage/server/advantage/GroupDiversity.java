// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.diversity.metrics.DiversityMeter;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.diversity.metrics.PassAtK;
import io.gcpo.advantage.server.diversity.metrics.RolloutSet;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The diversity of a group, without its golden answer.
 *
 * @param all over all rollouts
 * @param correct over those whose reward counts and is above 0
 * @param passAtK over the rewards that count; a k above their number is left out
 */
public record GroupDiversity(
    DiversityMetrics all, DiversityMetrics correct, List<PassRate> passAtK) {
  public GroupDiversity {
    passAtK = List.copyOf(passAtK);
  }

  /**
   * The unbiased probability that one of k rollouts is correct.
   *
   * @param value in [0, 1]
   */
  public record PassRate(int k, double value) {}

  /**
   * What was planned; absent where that is nothing, or where the group lacks what it needs.
   *
   * @param similarity K [n, n] or larger, of the group's rollouts first
   */
  static Optional<GroupDiversity> of(
      ScoredGroup group, Optional<SymmetricMatrix> similarity, DiversityPlan plan) {
    boolean lacking =
        (plan.metricsNeedSimilarity() && similarity.isEmpty())
            || (plan.needsTexts() && group.texts().isEmpty());
    DiversityPlan possible =
        lacking
            ? new DiversityPlan(DiversityPlan.NOTHING.choice(), false, plan.passAtK(), false)
            : plan;
    if (possible.choice().metrics().isEmpty() && possible.passAtK().isEmpty()) {
      return Optional.empty();
    }
    int[] positions = IntStream.range(0, group.size()).toArray();
    int[] correct = IntStream.of(positions).filter(group::isCorrect).toArray();
    RolloutSet all =
        new RolloutSet(
            group.size(), similarity.map(kernel -> kernel.principal(positions)), group.texts());
    return Optional.of(
        new GroupDiversity(
            DiversityMeter.measure(possible.choice(), all),
            DiversityMeter.measure(possible.choice(), all.pick(correct)),
            passAtK(group.included().length, correct.length, plan.passAtK())));
  }

  private static List<PassRate> passAtK(int counted, int correct, List<Integer> wanted) {
    List<PassRate> values = new ArrayList<>(wanted.size());
    for (int k : wanted) {
      OptionalDouble value = PassAtK.of(counted, correct, k);
      value.ifPresent(probability -> values.add(new PassRate(k, probability)));
    }
    return values;
  }
}
