// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time to share the value of one team on one thread, given the kernel. Up to 2^18 sets are
 * enumerated, above that Shapley values are sampled to a standard error of 1 % of their spread.
 *
 * <pre>
 *   mvn -q -Pbench package -Dbench.args="ShapleyBenchmark"
 *   mvn -q -Pbench package -Dbench.args="ShapleyBenchmark.shapley -p players=8,16"
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShapleyBenchmark {
  private static final CreditPlan SHAPLEY = plan(Volume.LOGDET, Allocation.SHAPLEY);
  private static final CreditPlan ALWAYS_EXACT =
      new CreditPlan(Volume.LOGDET, Allocation.SHAPLEY, 20, 0, CreditPlan.MIN_SAMPLES, 0);
  private static final CreditPlan MATRIX_LOG = plan(Volume.LOGDET, Allocation.MATRIX_LOG);
  private static final CreditPlan DETERMINANT = plan(Volume.DET, Allocation.SHAPLEY);

  /** Rollouts that are all different. */
  @State(Scope.Benchmark)
  public static class Distinct {
    @Param({"2", "4", "8", "12", "16", "18", "20", "24", "32", "48", "64"})
    int players;

    CoverageGame game = BenchmarkGames.of(1);

    @Setup
    public void prepare() {
      game = BenchmarkGames.of(players);
    }
  }

  /** The largest game that is sampled by default, and could be enumerated. */
  @State(Scope.Benchmark)
  public static class Twenty {
    CoverageGame game = BenchmarkGames.of(20);
  }

  /** Twelve different solutions, each as many times as the profile says. */
  @State(Scope.Benchmark)
  public static class Copies {
    @Param({
      "1 1 1 1 1 1 1 1 1 1 1 53",
      "1 1 1 1 1 1 1 2 2 3 4 6",
      "2 2 2 2 3 3 3 4 5 7 10 21",
      "16 16 16 16"
    })
    String copies = "";

    CoverageGame game = BenchmarkGames.of(1);

    @Setup
    public void prepare() {
      game =
          BenchmarkGames.withCopies(
              Arrays.stream(copies.split(" ")).mapToInt(Integer::parseInt).toArray());
    }
  }

  @Benchmark
  public CreditShares shapley(Distinct distinct) {
    return TeamCredits.share(distinct.game, SHAPLEY);
  }

  @Benchmark
  public CreditShares enumerated(Twenty twenty) {
    return TeamCredits.share(twenty.game, ALWAYS_EXACT);
  }

  @Benchmark
  public CreditShares shapleyOfCopies(Copies copies) {
    return TeamCredits.share(copies.game, SHAPLEY);
  }

  @Benchmark
  public CreditShares matrixLog(Distinct distinct) {
    return TeamCredits.share(distinct.game, MATRIX_LOG);
  }

  @Benchmark
  public CreditShares determinant(Distinct distinct) {
    return TeamCredits.share(distinct.game, DETERMINANT);
  }

  private static CreditPlan plan(Volume volume, Allocation allocation) {
    return new CreditPlan(volume, allocation, 18, 0.01, 4096, 0);
  }
}
