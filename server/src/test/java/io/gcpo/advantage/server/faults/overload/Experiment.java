// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import io.gcpo.advantage.server.AdvantageServer;
import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.cli.bench.Calls;
import io.gcpo.advantage.server.cli.bench.Result;
import io.gcpo.advantage.server.cli.bench.Series;
import io.gcpo.advantage.server.cli.bench.Window;
import io.gcpo.advantage.server.faults.load.Capacity;
import io.gcpo.advantage.server.faults.load.Cores;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
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
 * @param stages by rising load; the first without a deadline, the others with twice its p99
 * @param clients five times the capacity, from callers with our client, which repeats calls
 * @param after calls that are due a while after the greatest load has ended, and later
 */
record Experiment(double capacity, List<Stage> stages, Repeated clients, Result after) {
  private static final double EASY = 0.8;
  private static final double AFTERWARDS = 0.5;
  private static final double OF_CLIENTS = 5;

  /** In brief the load shares the server's cores: ten times would leave it none. */
  static final double MOST = Scale.isFull() ? 10 : 4;

  /** Less than what the server lets a call have at most. */
  private static final Duration UNHURRIED = Duration.ofSeconds(110);

  private static final Duration DEADLINE_OF_WARM_UP = Duration.ofSeconds(1);
  private static final double MEBIBYTE = 1 << 20;
  private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");
  private static final Map<String, String> SETTINGS = Map.of("embedding.token-budget", "512");

  /** What clients who repeat calls got, and how often they asked. */
  record Repeated(Result result, long attempts) {
    double attemptsPerCall() {
      return (double) attempts / result.usage().sent();
    }
  }

  /**
   * How long each part takes, and which factors of the capacity lie between 0.8 and 10.
   *
   * @param warmUp of the greatest load, before anything is measured: a virtual machine that still
   *     compiles what refuses calls has a fifth less of the core for those that it takes
   */
  record Plan(
      Duration calibration,
      Duration warmUp,
      Window window,
      Duration recovery,
      List<Double> factors) {}

  static Experiment run(Load load, Path folder, Plan plan) throws Exception {
    try (ServerProcess server =
            ServerProcess.start(
                folder,
                Cores.ofServer(),
                JVM,
                AdvantageServer.class.getName(),
                SETTINGS,
                Map.of());
        Generator generator = new Generator(server, load)) {
      double capacity = capacity(generator, load, plan);
      List<Stage> stages = new ArrayList<>();
      stages.add(generator.run("0.8x, unhurried", EASY * capacity, UNHURRIED, plan.window()));
      Duration deadline = stages.get(0).takenP99().multipliedBy(2);
      for (double factor : plan.factors()) {
        stages.add(generator.run(factor + "x", factor * capacity, deadline, plan.window()));
      }
      Repeated clients = generator.runClients(OF_CLIENTS * capacity, deadline, plan.window());
      Duration overload = plan.window().warmup().plus(plan.window().duration());
      Window later = new Window(overload.plus(plan.recovery()), plan.window().duration());
      CompletableFuture<Stage> others =
          CompletableFuture.supplyAsync(
              () -> generator.run("after", AFTERWARDS * capacity, deadline, later));
      stages.add(
          generator.run(MOST + "x", (MOST - AFTERWARDS) * capacity, deadline, plan.window()));
      return new Experiment(capacity, stages, clients, others.get().result());
    }
  }

  private static double capacity(Generator generator, Load load, Plan plan) throws Exception {
    double cold = Capacity.measure(generator.channel(), load::request, plan.calibration());
    if (plan.warmUp().isZero()) {
      return cold;
    }
    Stage unused =
        generator.run(
            "warm-up", MOST * cold, DEADLINE_OF_WARM_UP, new Window(Duration.ZERO, plan.warmUp()));
    return Capacity.measure(generator.channel(), load::request, plan.calibration());
  }

  /** p99 of callers without a deadline, at 0.8 of the capacity. */
  Duration unhurried() {
    return stages.get(0).takenP99();
  }

  /** The highest goodput of any load. */
  double peak() {
    return stages.stream().mapToDouble(Stage::goodput).max().orElseThrow();
  }

  Stage greatest() {
    return stages.get(stages.size() - 1);
  }

  /** How many bytes more the server had after any load than after the first. */
  double residentGrowth() {
    return stages.stream().mapToDouble(Stage::residentBytes).max().orElseThrow()
        - stages.get(0).residentBytes();
  }

  /** Into the report. */
  void describe(FaultReport report) {
    report.figure("cores", Cores.describe());
    report.figure("capacity, calls a second", "%.1f".formatted(capacity));
    report.figure("deadline, ms", 2 * unhurried().toMillis());
    report.figure(
        "times in milliseconds, RSS in MiB",
        stages.stream()
            .map(Stage::row)
            .collect(Collectors.joining("\n", "\n\n" + Stage.HEADING + "\n", "\n")));
    report.figure(
        "goodput at the greatest load, of the peak",
        "%.1f %%".formatted(100 * greatest().goodput() / peak()));
    Calls calls = after.calls();
    report.figure(
        "afterwards",
        "%d of %d answered, p99 %.0f ms"
            .formatted(calls.answered(), calls.due(), after.millis(Series.RESPONSE, 99)));
    report.figure(
        "our clients at 5x",
        "%.1f answers a second, %.2f attempts a call"
            .formatted(
                clients.result().calls().answered() / Stage.seconds(clients.result()),
                clients.attemptsPerCall()));
    report.figure("growth of resident memory, MiB", "%.0f".formatted(residentGrowth() / MEBIBYTE));
  }
}
