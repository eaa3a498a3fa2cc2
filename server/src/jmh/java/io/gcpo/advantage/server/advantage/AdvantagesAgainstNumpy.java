// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.advantage.similarity.KernelChoice;
import io.gcpo.advantage.server.advantage.similarity.KernelForm;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Times GCPO_COOPERATIVE with its defaults, from given embeddings to advantages, beside two NumPy
 * versions of the same job, all on one thread, in one run, and checks that the advantages agree;
 * then a table over the size of the group.
 *
 * <pre>
 *   mvn -q -Pbench package -Dbench.main=io.gcpo.advantage.server.advantage.AdvantagesAgainstNumpy
 * </pre>
 *
 * <p>Needs NumPy for {@code python3}, or for the program that the system property {@code
 * bench.python} names: {@code -Dbench.main="-Dbench.python=PROGRAM
 * io.gcpo.advantage.server.advantage.AdvantagesAgainstNumpy"}. Ours is the median of many runs,
 * NumPy's the fastest of a few.
 */
public final class AdvantagesAgainstNumpy {
  private static final int[] SIZES = {2, 4, 6, 8, 12, 16, 17, 18, 19, 20, 24, 32, 40, 48, 56, 64};
  private static final double MAX_DIFFERENCE = 1e-6;

  private final AdvantageCalculator calculator = new AdvantageCalculator();
  private final AdvantageSettings settings =
      new AdvantageSettings(
          EstimatorChoice.withDefaults(new EstimatorRegistry().all().get(0)),
          Optional.empty(),
          Parameters.defaultsOf(ImportanceParameters.all()),
          new KernelChoice(
              new KernelForm.Named(NamedKernel.EMBEDDING_COSINE),
              NamedKernel.EMBEDDING_COSINE.plan()));

  private AdvantagesAgainstNumpy() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    AdvantagesAgainstNumpy benchmark = new AdvantagesAgainstNumpy();
    System.out.printf(
        "%-12s %10s %10s %10s %8s %8s %10s%n",
        "groups x n", "ours, ms", "loop, ms", "stacked", "x loop", "x stack", "difference");
    benchmark.compare(256, 8, 200);
    benchmark.compare(4, 16, 100);
    System.out.printf("%n%-24s %12s %10s %10s%n", "n", "us a group", "method", "error/spread");
    for (int size : SIZES) {
      benchmark.tabulate("" + size, BenchmarkGroups.of(1, size).get(0));
    }
    benchmark.tabulate("64 = 53 + 11 x 1", copies(53, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    benchmark.tabulate("24 = 12 x 2", copies(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2));
    benchmark.tabulate("64 = 4 x 5 + 8 x 5.5", copies(5, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6));
  }

  /** One group with so many copies of each solution. */
  private static ScoredGroup copies(int... copies) {
    return BenchmarkGroups.group(
        1,
        IntStream.range(0, copies.length)
            .flatMap(solution -> IntStream.generate(() -> solution).limit(copies[solution]))
            .toArray());
  }

  private void compare(int groups, int rollouts, int runs)
      throws IOException, InterruptedException {
    List<ScoredGroup> batch = BenchmarkGroups.of(groups, rollouts);
    double ours = medianSeconds(batch, runs);
    NumpyBaseline loop = NumpyBaseline.run("loop", batch, 2);
    NumpyBaseline stacked = NumpyBaseline.run("stacked", batch, 5);
    double difference = Math.max(difference(batch, loop), difference(batch, stacked));
    if (!(difference < MAX_DIFFERENCE)) {
      throw new IllegalStateException(
          "difference: " + difference + " (expected: < " + MAX_DIFFERENCE + ")");
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s %10.2f %10.1f %10.1f %8.0f %8.1f %10.1e%n",
        groups + " x " + rollouts,
        ours * 1e3,
        loop.seconds() * 1e3,
        stacked.seconds() * 1e3,
        loop.seconds() / ours,
        stacked.seconds() / ours,
        difference);
  }

  private void tabulate(String name, ScoredGroup group) {
    List<ScoredGroup> alone = List.of(group);
    double seconds = medianSeconds(alone, 41);
    GroupAdvantages answer = compute(alone).get(0);
    TeamCredit team = answer.teamCredit().orElseThrow();
    double[] shares =
        answer.rollouts().stream().mapToDouble(r -> r.credit().orElseThrow().share()).toArray();
    double error =
        answer.rollouts().stream()
            .mapToDouble(r -> r.credit().orElseThrow().standardError())
            .max()
            .orElse(0);
    double spread = Arrays.stream(shares).max().orElse(0) - Arrays.stream(shares).min().orElse(0);
    System.out.printf(
        Locale.ROOT,
        "%-24s %12.1f %10s %9.2f%%%n",
        name,
        seconds * 1e6,
        team.method() + (team.samples() > 0 ? " " + team.samples() : ""),
        error == 0 ? 0 : 100 * error / spread);
  }

  private List<GroupAdvantages> compute(List<ScoredGroup> groups) {
    return groups.stream()
        .flatMap(
            group ->
                calculator
                    .compute(List.of(group), List.of(settings), DiversityPlan.NOTHING)
                    .stream())
        .toList();
  }

  private double medianSeconds(List<ScoredGroup> groups, int runs) {
    for (int run = 0; run < runs; run++) {
      compute(groups);
    }
    double[] seconds = new double[runs];
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      compute(groups);
      seconds[run] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    return seconds[runs / 2];
  }

  private double difference(List<ScoredGroup> groups, NumpyBaseline numpy) {
    List<Double> ours =
        compute(groups).stream()
            .flatMap(group -> group.rollouts().stream())
            .map(RolloutAdvantage::advantage)
            .toList();
    return IntStream.range(0, ours.size())
        .mapToDouble(i -> Math.abs(ours.get(i) - numpy.advantages().get(i)))
        .max()
        .orElseThrow();
  }
}
