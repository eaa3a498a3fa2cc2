// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import com.google.errorprone.annotations.FormatMethod;
import io.gcpo.advantage.server.diversity.kernel.QualityRow.Area;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The benchmark's answers as a picture: a line for each kernel, a panel for each question. */
final class QualityPlot {
  private static final int LABELS = 230;
  private static final int PANEL = 210;
  private static final int GAP = 34;
  private static final int ROW = 22;
  private static final int TOP = 52;
  private static final int BOTTOM = 30;

  /** Colours that can be read on white and on black; the text follows the reader's preference. */
  private static final String STYLE =
      """
      <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2328; }
        .title { font-weight: 600; }
        .grid { stroke: #8c959f; stroke-opacity: 0.35; }
        .range { stroke: #2f81c7; stroke-width: 2; }
        .dot { fill: #2f81c7; }
        .other { fill: none; stroke: #cf6a17; stroke-width: 2; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
      </style>
      """;

  private final List<QualityRow> rows;
  private final StringBuilder svg = new StringBuilder();

  /** Rows whose similarities cannot be compared over groups are left out. */
  QualityPlot(List<QualityRow> rows) {
    this.rows = rows.stream().filter(row -> !row.calibrated()).toList();
  }

  /** The picture. */
  String svg() {
    int width = LABELS + 3 * (PANEL + GAP);
    int height = TOP + rows.size() * ROW + BOTTOM;
    svg.setLength(0);
    append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
        width, height);
    append("<title>Quality of kernels: areas under the ROC curve and spread of credit</title>%n");
    svg.append(STYLE);
    for (int i = 0; i < rows.size(); i++) {
      text(LABELS - 12, y(i) + 4, "end", "", rows.get(i).name());
    }
    panel(0, 0.4, "AUC, GSM8K: same steps", QualityRow::mathArea);
    panel(1, 0.4, "AUC, HumanEval: copies", QualityRow::codeArea);
    spreads();
    append("</svg>%n");
    return svg.toString();
  }

  private void panel(int number, double min, String title, Function<QualityRow, Area> area) {
    grid(number, min, title);
    for (int i = 0; i < rows.size(); i++) {
      Area shown = area.apply(rows.get(i));
      append(
          "<line class=\"range\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
          x(number, min, shown.interval().low()),
          y(i),
          x(number, min, shown.interval().high()),
          y(i));
      dot("dot", x(number, min, shown.value()), y(i));
    }
  }

  private void spreads() {
    grid(2, 0, "Spread of credit: ● GSM8K ○ HumanEval");
    for (int i = 0; i < rows.size(); i++) {
      dot("dot", x(2, 0, rows.get(i).math().spread()), y(i));
      dot("other", x(2, 0, rows.get(i).code().spread()), y(i));
    }
  }

  private void grid(int panel, double min, String title) {
    text(x(panel, 0, 0.5), TOP - 28, "middle", "title", title);
    for (int tenth = (int) Math.round(10 * min); tenth <= 10; tenth += 2) {
      double x = x(panel, min, tenth / 10.0);
      append(
          "<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
          x, TOP - 14, x, TOP + rows.size() * ROW);
      text(x, TOP + rows.size() * ROW + 16, "middle", "", format("%.1f", tenth / 10.0));
    }
  }

  private void dot(String style, double x, int y) {
    append("<circle class=\"%s\" cx=\"%.1f\" cy=\"%d\" r=\"4\"/>%n", style, x, y);
  }

  private void text(double x, int y, String anchor, String style, String text) {
    append(
        "<text class=\"%s\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
        style, x, y, anchor, text);
  }

  /** Values below {@code min} are drawn at the edge. */
  private static double x(int panel, double min, double value) {
    double part = Math.max(0, Math.min(1, (value - min) / (1 - min)));
    return LABELS + panel * (PANEL + GAP) + part * PANEL;
  }

  private static int y(int row) {
    return TOP + row * ROW + ROW / 2 - 5;
  }

  @FormatMethod
  private void append(String pattern, Object... values) {
    svg.append(format(pattern, values));
  }

  @FormatMethod
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
