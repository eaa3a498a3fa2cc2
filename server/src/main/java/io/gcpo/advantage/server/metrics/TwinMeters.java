// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;

/** Counts calls whose work another does. Thread-safe. */
public final class TwinMeters {
  private final Counter joined;

  @Inject
  public TwinMeters(MeterRegistry registry) {
    joined = Meters.counter(registry, RequestMetrics.JOINED);
  }

  /** A call waits for the work of its twin. */
  public void joined() {
    joined.increment();
  }
}
