// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.cli.bench.Series;
import io.gcpo.advantage.server.cli.bench.Window;
import io.gcpo.advantage.server.faults.load.Cores;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten times what a server can do, open loop: it keeps answering nearly as much as it can, in time,
 * and says no to the rest at once. A brief run only looks whether refusals are typed and the server
 * lives; the figures of two seconds on a busy machine mean nothing.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class OverloadTest {
  private static final double SHARE_OF_PEAK = 0.9;
  private static final double SHARE_OF_PEAK_BRIEF = 0.1;
  private static final Duration QUICK = Duration.ofMillis(50);
  private static final double MAX_ATTEMPTS = 3;
  private static final double MAX_GROWTH = 256 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void tenfoldLoad_leavesGoodput(Load load) throws Exception {
    FaultReport report =
        new FaultReport("overload-" + load.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (Scale.isFull()) {
      Cores.leaveToServer();
    }

    Experiment experiment = Experiment.run(load, folder, plan());

    experiment.describe(report);
    for (Stage stage : experiment.stages()) {
      count(stage, report);
    }
    report.requireLoad(
        Math.round(experiment.greatest().offered()),
        Math.round(Experiment.MOST / 2 * experiment.capacity()));
    report.finish();
    if (Scale.isFull()) {
      assertFigures(experiment);
    }
    double shareOfPeak = experiment.greatest().goodput() / experiment.peak();
    assertThat(shareOfPeak).isGreaterThan(Scale.isFull() ? SHARE_OF_PEAK : SHARE_OF_PEAK_BRIEF);
  }

  private static Experiment.Plan plan() {
    return Scale.isFull()
        ? new Experiment.Plan(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            new Window(Duration.ofSeconds(4), Duration.ofSeconds(40)),
            Duration.ofSeconds(5),
            List.of(0.8, 1.0, 2.0, 5.0))
        : new Experiment.Plan(
            Duration.ofSeconds(2),
            Duration.ZERO,
            new Window(Duration.ofMillis(500), Duration.ofMillis(1_500)),
            Duration.ofSeconds(1),
            List.of());
  }

  private static void assertFigures(Experiment experiment) {
    assertThat(experiment.stages().get(0).result().failures())
        .as("at 0.8 of the capacity; it changed meanwhile, the run is invalid")
        .isEmpty();
    Duration slowest = experiment.unhurried().multipliedBy(2);
    for (Stage stage : experiment.stages()) {
      assertThat(stage.result().problems()).as(stage.name()).isEmpty();
      assertThat(stage.takenP99()).as(stage.name()).isLessThanOrEqualTo(slowest);
      assertThat(stage.refusedP99()).as(stage.name()).isLessThan(QUICK);
    }
    assertThat(experiment.clients().attemptsPerCall()).isLessThan(MAX_ATTEMPTS);
    assertThat(experiment.residentGrowth()).isLessThan(MAX_GROWTH);
    assertThat(experiment.after().calls().answered())
        .isEqualTo(experiment.after().calls().due())
        .isPositive();
    assertThat(experiment.after().millis(Series.RESPONSE, 99))
        .isLessThanOrEqualTo(slowest.toNanos() / 1e6);
  }

  private static void count(Stage stage, FaultReport report) {
    report.fault();
    for (long i = 0; i < stage.result().calls().answered(); i++) {
      report.answered();
    }
    for (long i = 0; i < stage.result().calls().failed(); i++) {
      report.refused();
    }
    stage.unexplained().forEach(failure -> report.lost());
    for (long i = 0; i < stage.result().calls().unanswered(); i++) {
      report.hung();
    }
  }
}
