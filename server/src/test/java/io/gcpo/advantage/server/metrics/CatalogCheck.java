// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.MetricCatalog;
import io.gcpo.advantage.server.metrics.catalog.MetricLabel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares a scrape with the catalogue: names, types, help, labels and their values. */
public final class CatalogCheck {
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** What Prometheus's own types add. */
  private static final Set<String> OF_TYPES = Set.of("le", "quantile");

  private final Map<String, Metric> expected = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private CatalogCheck() {
    for (Metric metric : MetricCatalog.all()) {
      expected.put(metric.name(), metric);
      if (metric.kind().hasMax()) {
        expected.put(metric.name() + "_max", metric);
      }
    }
  }

  /** What differs, one difference a line. */
  public static List<String> problems(Exposition scrape) {
    CatalogCheck check = new CatalogCheck();
    check.names(scrape);
    scrape.samples().keySet().forEach(check::labels);
    return check.problems;
  }

  private void names(Exposition scrape) {
    scrape.types().keySet().stream()
        .filter(name -> !expected.containsKey(name))
        .forEach(name -> problems.add(name + ": not in the catalogue"));
    expected.forEach(
        (name, metric) -> {
          if (!scrape.types().containsKey(name)) {
            if (metric.presence().isEmpty()) {
              problems.add(name + ": not in the scrape");
            }
            return;
          }
          String type = name.equals(metric.name()) ? metric.kind().type() : "gauge";
          expect(name + " type", type, scrape.types().getOrDefault(name, ""));
          expect(name + " help", metric.help(), scrape.help().getOrDefault(name, ""));
        });
  }

  private void labels(String sample) {
    Matcher parts = SAMPLE.matcher(sample);
    if (!parts.matches()) {
      problems.add(sample + ": not a sample");
      return;
    }
    Metric metric = metric(parts.group(1));
    if (metric == null) {
      problems.add(sample + ": of no metric of the catalogue");
      return;
    }
    Map<String, String> actual = new HashMap<>();
    LABEL
        .matcher(parts.group(2) == null ? "" : parts.group(2))
        .results()
        .filter(label -> !OF_TYPES.contains(label.group(1)))
        .forEach(label -> actual.put(label.group(1), label.group(2)));
    Set<String> names = new TreeSet<>(metric.labels().stream().map(MetricLabel::name).toList());
    expect(sample + " labels", names.toString(), new TreeSet<>(actual.keySet()).toString());
    for (MetricLabel label : metric.labels()) {
      String value = actual.getOrDefault(label.name(), "");
      if (!label.values().isEmpty() && !label.values().contains(value)) {
        problems.add(sample + ": undeclared value of " + label.name());
      }
    }
  }

  private @Nullable Metric metric(String name) {
    Metric direct = expected.get(name);
    return direct != null ? direct : expected.get(name.replaceFirst("_(bucket|sum|count)$", ""));
  }

  private void expect(String what, String wanted, String actual) {
    if (!wanted.equals(actual)) {
      problems.add("%s: %s (expected: %s)".formatted(what, actual, wanted));
    }
  }
}
