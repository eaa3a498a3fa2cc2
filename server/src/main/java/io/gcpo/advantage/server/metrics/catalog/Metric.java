// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * The declaration of one metric; the registry, the documentation and the tests all read it.
 *
 * @param name as Prometheus shows it
 * @param unit of the value; empty for plain numbers such as 0 or 1
 * @param labels besides those that Prometheus adds
 * @param help what it says, as in {@code # HELP}
 * @param presence when there is such a metric; empty: from the start on
 */
public record Metric(
    String name,
    MetricKind kind,
    String unit,
    List<MetricLabel> labels,
    String help,
    String presence) {

  public Metric {
    labels = ImmutableList.copyOf(labels);
  }

  static Metric counter(String name, String unit, String help, MetricLabel... labels) {
    return of(MetricKind.COUNTER, name, unit, help, labels);
  }

  static Metric gauge(String name, String unit, String help, MetricLabel... labels) {
    return of(MetricKind.GAUGE, name, unit, help, labels);
  }

  static Metric histogram(String name, String unit, String help, MetricLabel... labels) {
    return of(MetricKind.HISTOGRAM, name, unit, help, labels);
  }

  static Metric of(MetricKind kind, String name, String unit, String help, MetricLabel... labels) {
    return new Metric(name, kind, unit, ImmutableList.copyOf(labels), help, "");
  }

  /** The same, which is there only then. */
  Metric when(String presence) {
    return new Metric(name, kind, unit, labels, help, presence);
  }
}
