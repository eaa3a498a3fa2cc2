// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The same job in NumPy, on one thread.
 *
 * @param seconds the fastest repetition
 * @param advantages of all rollouts of all groups
 */
record NumpyBaseline(double seconds, List<Double> advantages) {
  private static final String PYTHON = System.getProperty("bench.python", "python3");
  private static final String SCRIPT =
      System.getProperty("bench.script", "src/jmh/python/advantages_numpy.py");

  /** Runs {@code version}, one of loop and stacked. */
  static NumpyBaseline run(String version, List<ScoredGroup> groups, int repetitions)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, SCRIPT, version, Integer.toString(repetitions));
    for (String library : new String[] {"OMP", "OPENBLAS", "MKL"}) {
      builder.environment().put(library + "_NUM_THREADS", "1");
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().write(BenchmarkGroups.bytes(groups));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(PYTHON + " " + SCRIPT + ": exit " + process.exitValue());
    }
    List<Double> numbers = Arrays.stream(output.strip().split(" ")).map(Double::valueOf).toList();
    return new NumpyBaseline(numbers.get(0), numbers.subList(1, numbers.size()));
  }
}
