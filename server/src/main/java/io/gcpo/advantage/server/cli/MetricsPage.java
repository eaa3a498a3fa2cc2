// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.MetricCatalog;
import io.gcpo.advantage.server.metrics.catalog.MetricLabel;
import java.util.List;
import java.util.stream.Collectors;

/** The catalogue of metrics as Markdown. */
final class MetricsPage {
  private MetricsPage() {}

  static String write() {
    StringBuilder page = new StringBuilder();
    page.append("# Metrics\n\n")
        .append("Made by `gcpo-advantage metrics` from what the code declares. The management port")
        .append(" serves them under\n`/metrics`. No label holds a run, a step, an id or a text.")
        .append(
            " They are there from the start on, with 0, unless the table\nsays when. Histograms")
        .append(" have `_bucket`, `_sum` and `_count`; those marked with `_max` have a gauge")
        .append(" `NAME_max` besides, of the\nlargest value of the last minutes.\n")
        .append("What they are watched with stands in [operations.md](operations.md).\n");
    MetricCatalog.sections()
        .forEach(
            (title, metrics) -> {
              page.append("\n## %s\n\n".formatted(title))
                  .append("| metric | type | unit | labels | meaning |\n|---|---|---|---|---|\n");
              metrics.forEach(metric -> page.append(row(metric)));
            });
    return page.toString();
  }

  private static String row(Metric metric) {
    return "| `%s` | %s%s | %s | %s | %s%s |\n"
        .formatted(
            metric.name(),
            metric.kind().type(),
            metric.kind().hasMax() ? ", `_max`" : "",
            metric.unit(),
            metric.labels().stream().map(MetricsPage::label).collect(Collectors.joining("; ")),
            metric.help(),
            metric.presence().isEmpty() ? "" : ". Only " + metric.presence());
  }

  private static String label(MetricLabel label) {
    return "`%s`: %s"
        .formatted(
            label.name(), label.values().isEmpty() ? label.meaning() : values(label.values()));
  }

  private static String values(List<String> values) {
    return values.stream()
        .map(value -> value.isEmpty() ? "empty" : "`" + value + "`")
        .collect(Collectors.joining(", "));
  }
}
