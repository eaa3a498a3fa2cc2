// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import com.google.errorprone.annotations.FormatMethod;
import io.gcpo.advantage.server.diversity.kernel.QualityRow.Area;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The benchmark's answers in Markdown. */
record QualityTables(Half half, QualityTask math, QualityTask code, List<QualityRow> rows) {
  QualityTables {
    rows = List.copyOf(rows);
  }

  /** A line about the data and two tables. */
  String markdown() {
    return data() + "\n" + areas() + "\n" + credits();
  }

  private String data() {
    KernelScore mathScore = rows.get(0).math();
    KernelScore codeScore = rows.get(0).code();
    return format(
        "Half `%s`. GSM8K: %,d pairs of correct solutions in %,d groups, %.1f %% of them of the same"
            + " steps; %,d pairs completely annotated, %.1f %% of them of the same steps."
            + " HumanEval: %,d pairs of a program and its copy, %,d pairs of different programs, in"
            + " %d groups; %d pairs left out as they are"
            + " copies of each other as they are. Correlations are means over %d and %d groups.\n",
        half.name().toLowerCase(Locale.ROOT),
        mathScore.pairs().count(),
        math.groups().size(),
        percentAlike(mathScore.pairs()),
        mathScore.surePairs().count(),
        percentAlike(mathScore.surePairs()),
        codeScore.pairs().countAlike(),
        codeScore.pairs().count() - codeScore.pairs().countAlike(),
        code.groups().size(),
        code.leftOut(),
        mathScore.correlatedGroups(),
        codeScore.correlatedGroups());
  }

  private String areas() {
    return table(
        rows.stream().filter(row -> !row.calibrated()).toList(),
        List.of("kernel", "GSM8K same steps", "completely annotated", "HumanEval copies"),
        row ->
            List.of(
                row.name(), area(row.mathArea()), area(row.sureMathArea()), area(row.codeArea())));
  }

  private String credits() {
    return table(
        rows,
        List.of(
            "kernel",
            "spread, GSM8K",
            "spread, HumanEval",
            "correlation, GSM8K",
            "correlation, HumanEval",
            "µs a pair, GSM8K",
            "of embedding",
            "µs a pair, HumanEval",
            "of embedding"),
        row ->
            List.of(
                row.name(),
                format("%.3f", row.math().spread()),
                format("%.3f", row.code().spread()),
                format("%.2f", row.math().correlation()),
                format("%.2f", row.code().correlation()),
                format("%.1f", row.math().microsecondsPerPair()),
                format("%.3f %%", 100 * row.math().shareOfEmbedding()),
                format("%.1f", row.code().microsecondsPerPair()),
                format("%.3f %%", 100 * row.code().shareOfEmbedding())));
  }

  private static String table(
      List<QualityRow> rows, List<String> header, Function<QualityRow, List<String>> cells) {
    StringBuilder table = new StringBuilder();
    table.append(line(header)).append("|---".repeat(header.size())).append("|\n");
    rows.forEach(row -> table.append(line(cells.apply(row))));
    return table.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String area(Area area) {
    return format("%.3f [%.3f, %.3f]", area.value(), area.interval().low(), area.interval().high());
  }

  private static double percentAlike(LabelledPairs pairs) {
    return 100.0 * pairs.countAlike() / pairs.count();
  }

  @FormatMethod
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
