// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Several ways to do one job. Each round runs every one once, so that a busy machine slows all of
 * them alike; the best round of each counts.
 */
public final class Contest {
  /** Does the job and says how many seconds of it count. */
  @FunctionalInterface
  public interface Way {
    double seconds() throws Exception;
  }

  /** Does the job. */
  @FunctionalInterface
  public interface Job {
    void run() throws Exception;
  }

  private static final class Contender {
    private final String name;
    private final Way way;
    private double seconds = Double.POSITIVE_INFINITY;

    Contender(String name, Way way) {
      this.name = name;
      this.way = way;
    }
  }

  private final long tokens;
  private final List<Contender> contenders = new ArrayList<>();

  /** A job of {@code tokens} real tokens, padding not counted. */
  public Contest(long tokens) {
    this.tokens = tokens;
  }

  /** Adds a way of which everything counts. */
  public void addTimed(String name, Job job) {
    add(
        name,
        () -> {
          long begin = System.nanoTime();
          job.run();
          return (System.nanoTime() - begin) / 1e9;
        });
  }

  /** Adds a way. */
  public void add(String name, Way way) {
    contenders.add(new Contender(name, way));
  }

  /** Runs {@code rounds} rounds. */
  public void run(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        contender.seconds = Math.min(contender.seconds, contender.way.seconds());
      }
    }
  }

  /** Tokens a second of the best of those whose name begins with {@code prefix}. */
  public double best(String prefix) {
    return contenders.stream()
        .filter(contender -> contender.name.startsWith(prefix))
        .mapToDouble(contender -> tokens / contender.seconds)
        .max()
        .orElse(Double.NaN);
  }

  /**
   * A line for each, with its ratio to the best of those whose name begins with {@code baseline}.
   */
  public void print(String baseline, PrintStream out) {
    int width =
        contenders.stream().map(c -> c.name.length()).max(Comparator.naturalOrder()).orElse(1);
    double best = best(baseline);
    for (Contender contender : contenders) {
      double rate = tokens / contender.seconds;
      out.printf("%-" + width + "s %9.0f tokens/s  %6.3f%n", contender.name, rate, rate / best);
    }
  }
}
