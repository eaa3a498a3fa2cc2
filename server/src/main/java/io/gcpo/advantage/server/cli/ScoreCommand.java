// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code score}: a file of groups in, a file of results out, in the same order. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Compute the advantages of a file of groups.",
      "Reads one RolloutGroup in proto3 JSON a line, writes one GroupResult a line, in order.",
      "A broken line gets an error in its place and is reported; the exit code is then 1."
    })
final class ScoreCommand implements Callable<Integer> {
  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "- for standard input.")
  private @Nullable Path in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "- for standard output.")
  private @Nullable Path out;

  @Mixin private EstimatorOptions estimator = new EstimatorOptions();

  @Option(
      names = "--groups-per-request",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Groups of one request, which is the batch that estimators like reinforce_plus_plus",
        "normalise over. Default: 32, or fewer where they are large."
      })
  private int groupsPerRequest;

  @Mixin private MetricOptions metrics = new MetricOptions();

  @Mixin private ModelOption model = new ModelOption();

  @Mixin private ClientOptions client = new ClientOptions();

  @Spec private @Nullable CommandSpec spec;

  ScoreCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (in == null || out == null || spec == null) {
      throw new IllegalStateException("not filled in by the command line");
    }
    if (groupsPerRequest < 0) {
      throw new InputException("--groups-per-request: " + groupsPerRequest + " (expected: >= 1)");
    }
    ComputeAdvantagesRequest common =
        ComputeAdvantagesRequest.newBuilder()
            .setModel(model.name())
            .setConfig(estimator.config())
            .setOutput(metrics.output())
            .build();
    PrintWriter terminal = spec.commandLine().getErr();
    try (BufferedReader reader = TextFiles.reader(in);
        Writer writer = TextFiles.writer(out);
        ClientOptions.Session session = client.open();
        Progress progress = Progress.over(in, "score")) {
      Scoring scoring =
          new Scoring(
              session.client(),
              common,
              new ResultsFile(writer),
              terminal,
              progress,
              groupsPerRequest);
      scoring.run(new GroupsFile(reader));
      terminal.println(scoring.summary());
      return scoring.failed() == 0 ? 0 : 1;
    }
  }
}
