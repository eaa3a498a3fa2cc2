// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.cli.bench.LatencyPlot;
import io.gcpo.advantage.server.cli.bench.PercentileFile;
import io.gcpo.advantage.server.cli.bench.Result;
import io.gcpo.advantage.server.cli.bench.ResultJson;
import io.gcpo.advantage.server.cli.bench.SweepPlot;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The files that a measurement leaves behind. */
final class BenchOutput {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Everything that was measured, as JSON; - for standard output.")
  private @Nullable Path out;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "An SVG: latency by percentile and over time, or of a sweep against the rate.")
  private @Nullable Path plot;

  @Option(
      names = "--hdr",
      paramLabel = "FILE",
      description = "Response times in HdrHistogram's text format (.hgrm), of the last run.")
  private @Nullable Path hdr;

  BenchOutput() {}

  /** Where people read along: elsewhere than a file that goes to standard output. */
  PrintWriter terminal(CommandLine line) {
    boolean taken =
        Stream.of(Optional.ofNullable(out), Optional.ofNullable(plot), Optional.ofNullable(hdr))
            .flatMap(Optional::stream)
            .anyMatch(TextFiles::isStandard);
    return taken ? line.getErr() : line.getOut();
  }

  void write(LoadOptions.Load load, List<String> targets, List<Result> runs) throws IOException {
    Result last = runs.get(runs.size() - 1);
    if (out != null) {
      write(out, ResultJson.of(load.words(), targets, runs));
    }
    if (plot != null) {
      write(plot, load.sweep() ? SweepPlot.of(runs) : LatencyPlot.of(last));
    }
    if (hdr != null) {
      write(hdr, PercentileFile.of(last));
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (Writer writer = TextFiles.writer(file)) {
      writer.write(text);
    }
  }
}
