// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.Locale;

/** Counts calls over the quota of their client; of whose, the log tells. Thread-safe. */
public final class QuotaMeters {
  private final MeterRegistry registry;

  @Inject
  public QuotaMeters(MeterRegistry registry) {
    this.registry = registry;
    // All are there from the start: a rate needs a first value that is 0.
    for (String limit : RequestMetrics.QUOTA_LIMITS) {
      for (String mode : RequestMetrics.QUOTA_MODES) {
        Counter unused = counter(limit, mode);
      }
    }
  }

  /** A call was over the limit of this name and met this mode; in any case of letters. */
  public void exceeded(String limit, String mode) {
    counter(limit.toLowerCase(Locale.ROOT), mode.toLowerCase(Locale.ROOT)).increment();
  }

  private Counter counter(String limit, String mode) {
    return Meters.counter(
        registry, RequestMetrics.QUOTA_REFUSED, MetricNames.LIMIT, limit, MetricNames.MODE, mode);
  }
}
