// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.cli.bench.ConstantRate;
import io.gcpo.advantage.server.cli.bench.PoissonRate;
import io.gcpo.advantage.server.cli.bench.Schedule;
import io.gcpo.advantage.server.cli.bench.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** When calls are due: at a rate, at several one after the other, or as whole training steps. */
final class PaceOptions {
  @ArgGroup(multiplicity = "1")
  private Choice choice = new Choice();

  @Option(
      names = "--poisson",
      description =
          "Calls of a rate come by chance, as from callers that know nothing of each other.")
  private boolean poisson;

  PaceOptions() {}

  /** One of these is given. */
  static final class Choice {
    @Option(names = "--rate", paramLabel = "CALLS", description = "Calls a second.")
    private @Nullable Double rate;

    @Option(
        names = "--sweep",
        paramLabel = "CALLS",
        split = ",",
        description = "Several rates, one run after the other, to find the one that is too much.")
    private List<Double> sweep = new ArrayList<>();

    @Option(
        names = "--step-every",
        paramLabel = "TIME",
        converter = DurationConverter.class,
        description = "A whole training step, all its calls at once, so often.")
    private @Nullable Duration stepEvery;

    Choice() {}
  }

  /** Whether whole steps are sent. */
  boolean isSteps() {
    return choice.stepEvery != null;
  }

  /** Whether there may be several runs. */
  boolean isSweep() {
    return !choice.sweep.isEmpty();
  }

  /** One for each run. */
  List<Schedule> schedules(int callsPerStep, boolean submitted, long seed) {
    if (choice.stepEvery != null) {
      if (poisson) {
        throw new InputException("--poisson: set (expected: --rate or --sweep with it)");
      }
      return List.of(new Steps(choice.stepEvery, callsPerStep, submitted));
    }
    List<Double> rates = choice.rate == null ? choice.sweep : List.of(choice.rate);
    return rates.stream().map(rate -> schedule(rate, seed)).toList();
  }

  private Schedule schedule(double rate, long seed) {
    return poisson ? new PoissonRate(rate, seed) : new ConstantRate(rate);
  }
}
