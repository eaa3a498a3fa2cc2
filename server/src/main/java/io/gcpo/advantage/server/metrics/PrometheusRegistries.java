// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Makes the registry that everything is measured into. */
final class PrometheusRegistries {
  private PrometheusRegistries() {}

  /** Refuses a meter whose tags differ from those of its namesake, instead of losing it. */
  static PrometheusMeterRegistry create() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().namingConvention(new ExactNaming(registry.config().namingConvention()));
    return registry.throwExceptionOnRegistrationFailure();
  }
}
