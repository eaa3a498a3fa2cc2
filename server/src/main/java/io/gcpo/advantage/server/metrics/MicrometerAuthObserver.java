// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.auth.AuthObserver;
import io.gcpo.advantage.server.auth.UnauthenticatedException.Reason;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts calls that were refused for their token. Thread-safe. */
final class MicrometerAuthObserver implements AuthObserver {
  private final Map<Reason, Counter> failures = new EnumMap<>(Reason.class);

  MicrometerAuthObserver(MeterRegistry registry) {
    for (Reason reason : Reason.values()) {
      failures.put(
          reason,
          Meters.counter(
              registry, RequestMetrics.AUTH_FAILURES, MetricNames.REASON, reason.name()));
    }
  }

  @Override
  public void refused(Reason reason) {
    Objects.requireNonNull(failures.get(reason)).increment();
  }
}
