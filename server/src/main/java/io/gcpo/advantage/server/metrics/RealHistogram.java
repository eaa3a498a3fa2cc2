// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;

/**
 * A histogram of real numbers. Prometheus's own, because Micrometer's DistributionSummary rounds a
 * value up to a whole number before it looks for the bucket. Thread-safe.
 */
final class RealHistogram {
  private final Histogram histogram;

  RealHistogram(
      PrometheusMeterRegistry registry, String name, String description, double[] upperBounds) {
    histogram =
        Histogram.builder()
            .name(name)
            .help(description)
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(upperBounds)
            .register(registry.getPrometheusRegistry());
  }

  void record(double value) {
    histogram.observe(value);
  }
}
