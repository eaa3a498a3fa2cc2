// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints exact Shapley times beside those of a straightforward NumPy subset enumeration, both on
 * one thread, in one run, on the same games, and checks that the values agree.
 *
 * <pre>
 *   mvn -q -Pbench package -Dbench.main=io.gcpo.advantage.server.diversity.credit.ShapleyAgainstNumpy
 * </pre>
 *
 * <p>Needs NumPy for {@code python3}, or for the program that the system property {@code
 * bench.python} names: {@code -Dbench.main="-Dbench.python=PROGRAM
 * io.gcpo.advantage.server.diversity.credit.ShapleyAgainstNumpy"}. Ours is the median of many runs,
 * NumPy's the fastest of a few.
 */
public final class ShapleyAgainstNumpy {
  private static final String PYTHON = System.getProperty("bench.python", "python3");
  private static final String SCRIPT =
      System.getProperty("bench.script", "src/jmh/python/shapley_numpy.py");
  private static final int WARM_UP_RUNS = 100_000;
  private static final CreditPlan PLAN =
      new CreditPlan(Volume.LOGDET, Allocation.SHAPLEY, 16, 0, CreditPlan.MIN_SAMPLES, 0);

  private ShapleyAgainstNumpy() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%4s %14s %14s %8s %12s%n",
        "n",
        "ours, us",
        "NumPy, us",
        "ratio",
        "difference");
    compare(8, 20_000, 20);
    compare(16, 300, 2);
  }

  private static void compare(int players, int runs, int numpyRuns)
      throws IOException, InterruptedException {
    CoverageGame game = BenchmarkGames.of(players);
    double ours = medianMicros(game, runs);
    double[] numpy = numpy(game.matrix(), numpyRuns);
    Vector values = TeamCredits.share(game, PLAN).values();
    double difference = 0;
    for (int i = 0; i < players; i++) {
      difference = Math.max(difference, Math.abs(values.get(i) - numpy[i + 1]));
    }
    if (!(difference < 1e-9)) {
      throw new IllegalStateException("difference: " + difference + " (expected: < 1e-9)");
    }
    System.out.printf(
        Locale.ROOT,
        "%4d %14.1f %14.1f %8.0f %12.1e%n",
        players,
        ours,
        numpy[0] * 1e6,
        numpy[0] * 1e6 / ours,
        difference);
  }

  private static double medianMicros(CoverageGame game, int runs) {
    for (int run = 0; run < WARM_UP_RUNS && run < 10 * runs; run++) {
      TeamCredits.share(game, PLAN);
    }
    double[] micros = new double[runs];
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      TeamCredits.share(game, PLAN);
      micros[run] = (System.nanoTime() - start) / 1e3;
    }
    Arrays.sort(micros);
    return micros[runs / 2];
  }

  /** Seconds, then the values. */
  private static double[] numpy(SymmetricMatrix matrix, int repetitions)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(PYTHON, SCRIPT, Integer.toString(repetitions));
    for (String library : new String[] {"OMP", "OPENBLAS", "MKL"}) {
      builder.environment().put(library + "_NUM_THREADS", "1");
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    StringBuilder input = new StringBuilder().append(matrix.size());
    for (double[] row : matrix.toRows()) {
      for (double value : row) {
        input.append(' ').append(value);
      }
    }
    process.getOutputStream().write(input.toString().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(PYTHON + " " + SCRIPT + ": exit " + process.exitValue());
    }
    return Arrays.stream(output.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
