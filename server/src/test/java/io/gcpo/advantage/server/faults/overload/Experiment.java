// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.cli.bench.Calls;
import io.gcpo.advantage.server.cli.bench.Result;
import io.gcpo.advantage.server.cli.bench.Series;
import io.gcpo.advantage.server.cli.bench.Window;
import io.gcpo.advantage.server.faults.load.Capacity;
import io.gcpo.advantage.server.faults.load.Cores;
import io.gcpo.advantage.server.faults.report.FaultReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * One server, asked for less than it can do, for as much, and for many times more.
 *
 * @param capacity calls a second of callers who always wait
 * @param unhurried p99 at 0.8 of that, of callers without a deadline that matters
 * @param stages with a deadline of twice that, by rising load
 * @param after calls due from five seconds after the end of the last, greatest load on
 */
record Experiment(
    double capacity, Duration unhurried, List<Stage> stages, Result after, double residentBefore) {
  private static final double EASY = 0.8;
  private static final double AFTERWARDS = 0.5;
  private static final Duration NO_DEADLINE = Duration.ofSeconds(110);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

  /** The factors of the capacity that are asked for. */
  private static final List<Double> LOADS = List.of(EASY, 1.0, 2.0, 5.0, 10.0);

  /**
   * Runs it.
   *
   * @param calibration in which the capacity is found
   * @param window of every load
   */
  static Experiment run(Load load, Path folder, Duration calibration, Window window)
      throws Exception {
    try (ServerProcess server =
            ServerProcess.start(
                folder,
                Cores.ofServer(),
                JVM,
                "io.gcpo.advantage.server.AdvantageServer",
                Map.of("embedding.token-budget", "512"),
                Map.of());
        Generator generator = new Generator(server, load)) {
      double capacity = Capacity.measure(generator.channel(), load::request, calibration);
      Stage easy = generator.run("unhurried", EASY * capacity, NO_DEADLINE, window);
      Duration deadline = easy.takenP99().multipliedBy(2);
      double before = generator.residentBytes();
      List<Stage> stages = new ArrayList<>();
      stages.add(easy);
      for (double factor : LOADS.subList(0, LOADS.size() - 1)) {
        stages.add(generator.run(factor + "x", factor * capacity, deadline, window));
      }
      double most = LOADS.get(LOADS.size() - 1);
      Duration overload = window.warmup().plus(window.duration());
      CompletableFuture<Result> others =
          CompletableFuture.supplyAsync(
              () ->
                  generator
                      .run(
                          "after",
                          AFTERWARDS * capacity,
                          deadline,
                          new Window(overload.plus(RECOVERY), window.duration()))
                      .result());
      stages.add(generator.run(most + "x", (most - AFTERWARDS) * capacity, deadline, window));
      return new Experiment(capacity, easy.takenP99(), stages, others.get(), before);
    }
  }

  /** The highest goodput of any load. */
  double peak() {
    return stages.stream().mapToDouble(Stage::goodput).max().orElseThrow();
  }

  Stage greatest() {
    return stages.get(stages.size() - 1);
  }

  /** How much more memory the server had after any load than before. */
  double residentGrowth() {
    return stages.stream().mapToDouble(Stage::residentBytes).max().orElseThrow() - residentBefore;
  }

  /** Into the report. */
  void describe(FaultReport report) {
    report.figure("cores", Cores.describe());
    report.figure("capacity, calls a second", "%.1f".formatted(capacity));
    report.figure("deadline, ms", unhurried.toMillis() * 2);
    report.figure(
        "loads, milliseconds, MiB",
        stages.stream()
            .map(Stage::row)
            .collect(Collectors.joining("\n", "\n\n" + Stage.HEADING + "\n", "\n")));
    report.figure(
        "goodput at the greatest load, of the peak",
        "%.1f %%".formatted(100 * greatest().goodput() / peak()));
    Calls calls = after.calls();
    report.figure(
        "from 5 s after it on",
        "%d of %d answered, p99 %.0f ms"
            .formatted(calls.answered(), calls.due(), after.millis(Series.RESPONSE, 99)));
    report.figure("growth of resident memory, MiB", "%.0f".formatted(residentGrowth() / (1 << 20)));
  }
}
