// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.server.cli.bench.Svg.Anchor;
import io.gcpo.advantage.server.cli.bench.Svg.Point;
import java.util.List;

/** A rectangle of a picture with two axes. */
record Panel(Svg svg, Axis across, Axis up) {
  private static final double LEGEND_LINE = 16;

  /** A value on the one axis and on the other. */
  record Value(double across, double up) {}

  /**
   * The grid and its labels.
   *
   * @param ticks labels across by where they stand; the axis' own round values where there are none
   */
  void grid(String title, String unitAcross, List<Tick> ticks) {
    svg.title(new Point(across.start(), up.end() - 14), title);
    for (double value : up.ticks()) {
      double y = up.position(value);
      svg.gridLine(new Point(across.start(), y), new Point(across.end(), y));
      svg.text(new Point(across.start() - 8, y + 4), Anchor.END, Axis.label(value));
    }
    List<Tick> below =
        ticks.isEmpty()
            ? across.ticks().stream().map(value -> new Tick(value, Axis.label(value))).toList()
            : ticks;
    for (Tick tick : below) {
      double x = across.position(tick.value());
      svg.gridLine(new Point(x, up.start()), new Point(x, up.end()));
      svg.text(new Point(x, up.start() + 18), Anchor.MIDDLE, tick.label());
    }
    svg.text(
        new Point((across.start() + across.end()) / 2, up.start() + 38), Anchor.MIDDLE, unitAcross);
  }

  /** A value with a label of its own. */
  record Tick(double value, String label) {}

  /** A curve and what it stands for, in the upper left corner. */
  void curve(String style, String name, int place, List<Value> values, boolean dots) {
    if (!values.isEmpty()) {
      svg.curve(
          style,
          values.stream()
              .map(value -> new Point(across.position(value.across()), up.position(value.up())))
              .toList(),
          dots);
      svg.legend(style, new Point(across.start() + 12, up.end() + 16 + place * LEGEND_LINE), name);
    }
  }
}
