// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.bootstrap.StopSignal;
import io.gcpo.advantage.server.cli.bench.AttemptCounter;
import io.gcpo.advantage.server.cli.bench.Driver;
import io.gcpo.advantage.server.cli.bench.Replicas;
import io.gcpo.advantage.server.cli.bench.Report;
import io.gcpo.advantage.server.cli.bench.Result;
import io.gcpo.advantage.server.cli.bench.Schedule;
import io.gcpo.advantage.server.cli.bench.Texts;
import io.gcpo.advantage.server.cli.bench.Time;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench}: how much a server, or several, can do, and how long callers wait meanwhile. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Put servers under load and measure.",
      "Calls are sent when they are due, whatever the answers do, and latency counts from then.",
      "Every answer is checked. See server/docs/sizing.md."
    })
final class BenchCommand implements Callable<Integer> {
  private static final long SECONDS_TO_PRINT = 10;

  @Mixin private ReplicaOptions replicas = new ReplicaOptions();

  @Mixin private LoadOptions load = new LoadOptions();

  @Mixin private BenchOutput output = new BenchOutput();

  @Spec private @Nullable CommandSpec spec;

  BenchCommand() {}

  @Override
  public Integer call() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    LoadOptions.Load asked = load.read();
    AttemptCounter counter = new AttemptCounter();
    List<AdvantageClient> clients = replicas.connect(counter);
    CountDownLatch printed = new CountDownLatch(1);
    Thread running = Thread.currentThread();
    Runnable takeBack = StopSignal.before(() -> stop(running, printed));
    try {
      return run(asked, clients, counter, output.terminal(spec.commandLine()));
    } finally {
      printed.countDown();
      clients.forEach(AdvantageClient::close);
      takeBack.run();
    }
  }

  private int run(
      LoadOptions.Load asked,
      List<AdvantageClient> clients,
      AttemptCounter counter,
      PrintWriter terminal)
      throws IOException {
    List<String> targets = replicas.describe(clients);
    targets.forEach(target -> terminal.println("target    " + target));
    terminal.println("load      " + asked.description());
    terminal.flush();
    Replicas target = new Replicas(clients, asked.workload().texts() == Texts.SUBMITTED);
    List<Result> runs = new ArrayList<>();
    for (Schedule schedule : asked.schedules()) {
      if (runs.stream().anyMatch(Result::interrupted)) {
        break;
      }
      Driver driver =
          new Driver(
              Time.system(),
              asked.workload().from(load.source(asked, runs.size())),
              target,
              Runtime.getRuntime().maxMemory() / 4,
              replicas.deadline(),
              meter(counter));
      Result run = driver.run(schedule, asked.window());
      if (asked.sweep()) {
        if (runs.isEmpty()) {
          terminal.println(Report.sweepHeading());
        }
        terminal.println(Report.sweepRow(run));
        run.problems().forEach(problem -> terminal.println("INVALID: " + problem));
      } else {
        Report.of(run).forEach(terminal::println);
      }
      terminal.flush();
      runs.add(run);
    }
    if (asked.sweep()) {
      terminal.println(Report.knee(runs));
    }
    terminal.flush();
    output.write(asked, targets, runs);
    return runs.stream().allMatch(run -> run.valid() && !run.wrongAnswers()) ? 0 : 1;
  }

  private static Driver.Meter meter(AttemptCounter counter) {
    return new Driver.Meter() {
      @Override
      public Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      }

      @Override
      public long attempts() {
        return counter.attempts();
      }
    };
  }

  /** What was measured is printed before the process ends. */
  private static void stop(Thread running, CountDownLatch printed) {
    running.interrupt();
    try {
      boolean unused = printed.await(SECONDS_TO_PRINT, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
