// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.server.cli.bench.Panel.Tick;
import io.gcpo.advantage.server.cli.bench.Panel.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One run as a picture: latency by percentile, and over the time of the run. */
public final class LatencyPlot {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 340;
  private static final double TOP = 46;
  private static final double BOTTOM = 282;

  /** Percentile p stands at log10(100 / (100 - p)): each further nine takes the same room. */
  private static final List<Tick> PERCENTILES =
      List.of(
          new Tick(0, "0"),
          new Tick(nines(50), "50"),
          new Tick(1, "90"),
          new Tick(2, "99"),
          new Tick(3, "99.9"),
          new Tick(4, "99.99"));

  private static final double STEP = 0.02;

  private LatencyPlot() {}

  /** The run as an SVG document. */
  public static String of(Result run) {
    Svg svg =
        new Svg(
            WIDTH,
            HEIGHT,
            String.format(
                Locale.ROOT,
                "Latency at %.2f calls a second by percentile and over time",
                run.schedule().callsPerSecond()));
    byPercentile(svg, run);
    overTime(svg, run);
    return svg.finish();
  }

  private static void byPercentile(Svg svg, Result run) {
    Axis up = Axis.linear(run.millis(slowest(run), 100), BOTTOM, TOP);
    double most = nines(100 - 100.0 / Math.max(10, run.count(Series.RESPONSE)));
    Axis across = new Axis(false, 0, most, 70, 460);
    Panel panel = new Panel(svg, across, up);
    panel.grid(
        "latency by percentile, ms",
        "percentile",
        PERCENTILES.stream().filter(tick -> tick.value() <= most).toList());
    panel.curve("third", "service, from sending", 2, curve(run, Series.SERVICE, most), false);
    panel.curve("first", "response, from being due", 0, curve(run, Series.RESPONSE, most), false);
    if (run.schedule().callsPerStep() > 1) {
      panel.curve("second", "whole steps", 1, curve(run, Series.STEP, most), false);
    }
  }

  private static void overTime(Svg svg, Result run) {
    Axis up = Axis.linear(run.millis(Series.RESPONSE, 100), BOTTOM, TOP);
    Axis across = Axis.linear(run.window().duration().toNanos() / 1e9, 550, 940);
    Panel panel = new Panel(svg, across, up);
    panel.grid("response over time, ms", "seconds", List.of());
    panel.curve(
        "second",
        "max",
        1,
        run.timeline().stream()
            .map(slice -> new Value(slice.atSeconds(), slice.maxMillis()))
            .toList(),
        true);
    panel.curve(
        "first",
        "p50",
        0,
        run.timeline().stream()
            .map(slice -> new Value(slice.atSeconds(), slice.p50Millis()))
            .toList(),
        true);
  }

  private static Series slowest(Result run) {
    return run.millis(Series.STEP, 100) > run.millis(Series.RESPONSE, 100)
        ? Series.STEP
        : Series.RESPONSE;
  }

  private static List<Value> curve(Result run, Series series, double most) {
    List<Value> values = new ArrayList<>();
    if (run.count(series) > 0) {
      for (double nines = 0; nines <= most; nines += STEP) {
        values.add(new Value(nines, run.millis(series, 100 - 100 / Math.pow(10, nines))));
      }
    }
    return values;
  }

  private static double nines(double percentile) {
    return Math.log10(100 / (100 - percentile));
  }
}
