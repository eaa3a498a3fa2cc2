// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

/** How the value of a metric is to be read. */
public enum MetricKind {
  /** Only grows while the process lives. */
  COUNTER("counter", false),
  /** What holds now. */
  GAUGE("gauge", false),
  /** How many observations lay in which range. */
  HISTOGRAM("histogram", false),
  /** The same, with a gauge {@code NAME_max} besides: the largest of the last minutes. */
  HISTOGRAM_AND_MAX("histogram", true),
  /** Count and sum of observations. */
  SUMMARY_AND_MAX("summary", true);

  private final String type;
  private final boolean max;

  MetricKind(String type, boolean max) {
    this.type = type;
    this.max = max;
  }

  /** As Prometheus calls it. */
  public String type() {
    return type;
  }

  /** Whether there is a gauge of the largest observation besides. */
  public boolean hasMax() {
    return max;
  }
}
