// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.credit.Allocation;
import io.gcpo.advantage.server.diversity.credit.CoverageGame;
import io.gcpo.advantage.server.diversity.credit.CreditPlan;
import io.gcpo.advantage.server.diversity.credit.TeamCredits;
import io.gcpo.advantage.server.diversity.credit.Volume;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How good a kernel is at a task.
 *
 * @param pairs all labelled pairs
 * @param surePairs those of whose label nothing makes us doubt
 * @param spread of the scaled credit among the correct rollouts of a group: largest less smallest,
 *     mean over the groups with two or more
 * @param correlation of the credit with the steps that a rollout adds, by ranks, mean over the
 *     groups with three or more correct rollouts that do not all add as many; 0 for a group whose
 *     credit is constant, as it tells nothing; NaN without any group
 * @param correlatedGroups how many such groups there are
 * @param microsecondsPerPair the median over groups; texts and embeddings given
 * @param shareOfEmbedding the time of the kernel for all groups by that of embedding their texts
 */
record KernelScore(
    LabelledPairs pairs,
    LabelledPairs surePairs,
    double spread,
    double correlation,
    int correlatedGroups,
    double microsecondsPerPair,
    double shareOfEmbedding) {
  /** The defaults of GCPO_COOPERATIVE. */
  private static final CreditPlan CREDIT_PLAN =
      new CreditPlan(Volume.LOGDET, Allocation.SHAPLEY, 18, 0.01, 4096, 0);

  private static final double ALPHA = 1;
  private static final double REWARD_EXPONENT = 0.5;
  private static final int MIN_CORRELATED = 3;
  private static final int TIMED_RUNS = 9;
  private static final long WARM_UP_NANOS = 1_000_000_000;

  /** Asks a kernel all questions of a task. */
  static KernelScore of(MeasuredKernel kernel, QualityTask task) {
    LabelledPairs pairs = new LabelledPairs();
    LabelledPairs surePairs = new LabelledPairs();
    List<Double> spreads = new ArrayList<>();
    List<Double> correlations = new ArrayList<>();
    for (int number = 0; number < task.groups().size(); number++) {
      QualityGroup group = task.groups().get(number);
      SymmetricMatrix compared = kernel.of(group.compared(), group.originals());
      for (QualityGroup.TextPair pair : group.pairs()) {
        double similarity = compared.get(pair.left(), pair.right());
        pairs.add(number, similarity, pair.alike());
        if (pair.sure()) {
          surePairs.add(number, similarity, pair.alike());
        }
      }
      int correct = group.correct().count();
      if (correct >= 2) {
        double[] credits = credits(kernel.of(group.correct(), correct));
        spreads.add(
            Arrays.stream(credits).max().orElseThrow()
                - Arrays.stream(credits).min().orElseThrow());
        correlation(credits, group).ifPresent(correlations::add);
      }
    }
    double[] seconds = seconds(kernel, task);
    return new KernelScore(
        pairs,
        surePairs,
        mean(spreads),
        mean(correlations),
        correlations.size(),
        medianPerPair(task, seconds) * 1e6,
        Arrays.stream(seconds).sum() / task.embeddingSeconds());
  }

  private static double[] credits(SymmetricMatrix similarity) {
    Vector rewards = Vector.of(similarity.size(), i -> 1);
    Vector shares =
        TeamCredits.share(CoverageGame.of(similarity, rewards, REWARD_EXPONENT, ALPHA), CREDIT_PLAN)
            .values();
    double[] scaled = new double[shares.size()];
    Arrays.setAll(scaled, i -> shares.get(i) / StrictMath.log1p(ALPHA));
    return scaled;
  }

  private static OptionalDouble correlation(double[] credits, QualityGroup group) {
    double[] added = group.stepsAdded().stream().mapToDouble(Double::doubleValue).toArray();
    if (credits.length < MIN_CORRELATED || Arrays.stream(added).distinct().count() == 1) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(RankCorrelation.of(credits, added).orElse(0));
  }

  /** For each group of two or more correct rollouts the median of a few runs, for the others 0. */
  private static double[] seconds(MeasuredKernel kernel, QualityTask task) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < WARM_UP_NANOS) {
      task.groups().forEach(group -> kernel.of(group.correct(), group.correct().count()));
    }
    return task.groups().stream()
        .map(QualityGroup::correct)
        .mapToDouble(rollouts -> rollouts.count() < 2 ? 0 : medianSeconds(kernel, rollouts))
        .toArray();
  }

  private static double medianSeconds(MeasuredKernel kernel, ComparedRollouts rollouts) {
    double[] seconds = new double[TIMED_RUNS];
    for (int run = 0; run < TIMED_RUNS; run++) {
      long begin = System.nanoTime();
      kernel.of(rollouts, rollouts.count());
      seconds[run] = (System.nanoTime() - begin) / 1e9;
    }
    return median(seconds);
  }

  private static double medianPerPair(QualityTask task, double[] seconds) {
    List<Double> perPair = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      int count = task.groups().get(i).correct().count();
      if (count >= 2) {
        perPair.add(seconds[i] / (count * (count - 1) / 2.0));
      }
    }
    return median(perPair.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values.length == 0 ? Double.NaN : values[values.length / 2];
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }
}
