// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.server.cli.bench.Panel.Value;
import java.util.List;

/** A sweep as a picture: latency and throughput against the rate that was asked for. */
public final class SweepPlot {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 340;
  private static final double TOP = 46;
  private static final double BOTTOM = 282;

  private SweepPlot() {}

  /**
   * The sweep as an SVG document.
   *
   * @param runs at least one
   */
  public static String of(List<Result> runs) {
    List<Result> byRate = Result.byRate(runs);
    Svg svg = new Svg(WIDTH, HEIGHT, "Latency and throughput against the rate of calls");
    latency(svg, byRate);
    throughput(svg, byRate);
    return svg.finish();
  }

  private static void latency(Svg svg, List<Result> runs) {
    List<Result> answered = runs.stream().filter(run -> run.count(Series.RESPONSE) > 0).toList();
    double least =
        answered.stream().mapToDouble(run -> run.millis(Series.RESPONSE, 50)).min().orElse(1);
    double most =
        answered.stream().mapToDouble(run -> run.millis(Series.RESPONSE, 99)).max().orElse(10);
    Panel panel = new Panel(svg, rates(runs, 70, 460), Axis.logarithmic(least, most, BOTTOM, TOP));
    panel.grid("response, ms", "calls a second asked for", List.of());
    panel.curve("first", "p50", 0, curve(answered, 50), true);
    panel.curve("second", "p99", 1, curve(answered, 99), true);
  }

  private static void throughput(Svg svg, List<Result> runs) {
    Axis across = rates(runs, 550, 940);
    Panel panel = new Panel(svg, across, Axis.linear(across.to(), BOTTOM, TOP));
    panel.grid("calls a second answered", "calls a second asked for", List.of());
    panel.curve(
        "third",
        "as asked",
        1,
        List.of(new Value(0, 0), new Value(across.to(), across.to())),
        false);
    panel.curve(
        "first",
        "answered",
        0,
        runs.stream()
            .map(run -> new Value(run.schedule().callsPerSecond(), run.callsPerSecond()))
            .toList(),
        true);
  }

  private static Axis rates(List<Result> runs, double start, double end) {
    return Axis.linear(runs.get(runs.size() - 1).schedule().callsPerSecond(), start, end);
  }

  private static List<Value> curve(List<Result> runs, double percentile) {
    return runs.stream()
        .map(
            run ->
                new Value(run.schedule().callsPerSecond(), run.millis(Series.RESPONSE, percentile)))
        .toList();
  }
}
