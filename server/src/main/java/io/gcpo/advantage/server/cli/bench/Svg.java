// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a picture that is readable on light and on dark pages. One thread's. */
final class Svg {
  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .title { font-weight: 600; }
        .grid { stroke: #8c959f; stroke-opacity: 0.35; }
        .first { stroke: #2f81c7; fill: #2f81c7; }
        .second { stroke: #cf6a17; fill: #cf6a17; }
        .third { stroke: #6e7781; fill: #6e7781; }
        polyline { fill: none !important; stroke-width: 2; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
      </style>
      """;

  /** Which end of a text is at its point. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A point of the picture, in pixels from its upper left corner. */
  record Point(double x, double y) {}

  private final StringBuilder body = new StringBuilder();

  /**
   * An empty picture.
   *
   * @param title what it shows, for those who do not see it
   */
  Svg(int width, int height, String title) {
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
        width, height);
    append("<title>%s</title>\n", escape(title));
    body.append(STYLE);
  }

  void text(Point at, Anchor anchor, String text) {
    styledText("label", at, anchor, text);
  }

  void title(Point at, String text) {
    styledText("title", at, Anchor.START, text);
  }

  /** A thin line behind the data. */
  void gridLine(Point from, Point to) {
    append(
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
        from.x(), from.y(), to.x(), to.y());
  }

  /** A line through points, with a dot on each if they are few. */
  void curve(String style, List<Point> points, boolean dots) {
    append(
        "<polyline class=\"%s\" points=\"%s\"/>\n",
        style,
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point.x(), point.y()))
            .collect(Collectors.joining(" ")));
    if (dots) {
      points.forEach(
          point ->
              append(
                  "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
                  style, point.x(), point.y()));
    }
  }

  /** What a style of curve stands for. */
  void legend(String style, Point at, String text) {
    append("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>\n", style, at.x(), at.y() - 4);
    text(new Point(at.x() + 9, at.y()), Anchor.START, text);
  }

  /** The whole picture. */
  String finish() {
    return body + "</svg>\n";
  }

  private void styledText(String style, Point at, Anchor anchor, String text) {
    append(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
        style, at.x(), at.y(), anchor.name().toLowerCase(Locale.ROOT), escape(text));
  }

  private void append(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
