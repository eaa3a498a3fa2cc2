// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

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
 * The time of one allocation on one thread, given the kernel.
 *
 * <pre>
 *   mvn -q -Pbench package -Dbench.args="ShapleyBenchmark"
 *   mvn -q -Pbench package -Dbench.args="ShapleyBenchmark.exact -p players=8,16"
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ShapleyBenchmark {
  @Param({"8", "12", "16", "20"})
  int players;

  private static final CreditPlan EXACT =
      new CreditPlan(Volume.LOGDET, Allocation.SHAPLEY, 20, 0, 32, 0);
  private static final CreditPlan MATRIX_LOG =
      new CreditPlan(Volume.LOGDET, Allocation.MATRIX_LOG, 20, 0, 32, 0);
  private CoverageGame game = BenchmarkGames.of(1);

  @Setup
  public void prepare() {
    game = BenchmarkGames.of(players);
  }

  @Benchmark
  public CreditShares exact() {
    return TeamCredits.share(game, EXACT);
  }

  @Benchmark
  public CreditShares matrixLog() {
    return TeamCredits.share(game, MATRIX_LOG);
  }
}
