// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.cli.bench.GroupSource;
import io.gcpo.advantage.server.cli.bench.Schedule;
import io.gcpo.advantage.server.cli.bench.Texts;
import io.gcpo.advantage.server.cli.bench.Window;
import io.gcpo.advantage.server.cli.bench.Workload;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which load is made. */
final class LoadOptions {
  private static final int GROUPS_OF_A_STEP = 256;
  private static final int GROUPS_OF_A_CALL_OF_A_STEP = 32;

  @Mixin private PaceOptions pace = new PaceOptions();

  @Mixin private TextOptions text = new TextOptions();

  @Option(
      names = "--groups",
      paramLabel = "N",
      description = "Groups of a step. Default: 256, or those of the file.")
  private @Nullable Integer groups;

  @Option(
      names = "--groups-per-call",
      paramLabel = "N",
      description = "Default: 32 with --step-every, 1 with a rate.")
  private @Nullable Integer groupsPerCall;

  @Mixin private EstimatorOptions estimator = new EstimatorOptions();

  @Mixin private MetricOptions metrics = new MetricOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "Calls due before are sent and not measured. Default: ${DEFAULT-VALUE}.")
  private Duration warmup = Duration.ZERO;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "Of what is measured, for each rate. Default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ZERO;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  LoadOptions() {}

  /**
   * What was asked for, checked.
   *
   * @param schedules one for each run
   * @param fileGroups none if texts are made up
   * @param words all options as they were given, by name
   */
  record Load(
      List<Schedule> schedules,
      Workload workload,
      Window window,
      List<RolloutGroup> fileGroups,
      long seed,
      boolean sweep,
      Map<String, String> words) {
    /** One line for people. */
    String description() {
      StringBuilder line = new StringBuilder();
      words.forEach((name, value) -> line.append(name).append('=').append(value).append(' '));
      return line.toString().strip();
    }
  }

  /** Reads the file, if there is one; throws {@link InputException} for what makes no load. */
  Load read() throws IOException {
    List<RolloutGroup> fileGroups = text.fileGroups();
    long seed = text.seed();
    try {
      Workload workload = workload(fileGroups, seed);
      if (workload.texts() == Texts.SUBMITTED && !pace.isSteps()) {
        throw new InputException("--texts: submitted (expected: with --step-every)");
      }
      return new Load(
          pace.schedules(workload.callsPerStep(), workload.texts() == Texts.SUBMITTED, seed),
          workload,
          new Window(warmup, duration),
          fileGroups,
          seed,
          pace.isSweep(),
          words(workload, seed));
    } catch (IllegalArgumentException unusable) {
      throw new InputException("--" + unusable.getMessage(), unusable);
    }
  }

  /** The texts of run number {@code run}: fresh ones are fresh in each. */
  GroupSource source(Load load, int run) {
    boolean repeated = load.workload().texts() == Texts.REPEATED;
    return text.source(load.fileGroups(), repeated ? load.seed() : load.seed() + run);
  }

  private Workload workload(List<RolloutGroup> fileGroups, long seed) {
    int perCall =
        groupsPerCall == null ? pace.isSteps() ? GROUPS_OF_A_CALL_OF_A_STEP : 1 : groupsPerCall;
    if (!pace.isSteps() && groups != null) {
      throw new InputException("--groups: set (expected: with --step-every)");
    }
    int ofStep = fileGroups.isEmpty() ? GROUPS_OF_A_STEP : fileGroups.size();
    return new Workload(
        text.source(fileGroups, seed),
        pace.isSteps() ? groups == null ? ofStep : groups : perCall,
        perCall,
        text.texts(),
        common());
  }

  private ComputeAdvantagesRequest common() {
    return ComputeAdvantagesRequest.newBuilder()
        .setModel(model.name())
        .setConfig(estimator.config())
        .setOutput(metrics.output())
        .build();
  }

  private Map<String, String> words(Workload workload, long seed) {
    Map<String, String> words = new LinkedHashMap<>();
    if (spec != null) {
      spec.commandLine()
          .getParseResult()
          .matchedOptions()
          .forEach(
              option ->
                  words.put(
                      option.longestName().substring(2),
                      String.join(",", option.originalStringValues())));
    }
    words.put("texts", workload.texts().name().toLowerCase(Locale.ROOT));
    words.put("groups-per-call", String.valueOf(workload.groupsPerCall()));
    words.put("seed", String.valueOf(seed));
    return words;
  }
}
