// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the connections that are open. Thread-safe. */
public final class ConnectionMeters extends ServerTransportFilter {
  private final AtomicInteger open = new AtomicInteger();

  @Inject
  ConnectionMeters(MeterRegistry registry) {
    Meters.gauge(registry, RequestMetrics.OPEN_CONNECTIONS, open::get);
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    open.incrementAndGet();
    return attributes;
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    open.decrementAndGet();
  }
}
