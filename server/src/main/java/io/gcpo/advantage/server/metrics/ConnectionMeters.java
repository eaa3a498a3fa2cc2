// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the connections that are open, from the end of their handshake on. Thread-safe. */
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

  /** {@code attributes} are null of a connection that never became ready, such as a probe's. */
  @Override
  public void transportTerminated(@Nullable Attributes attributes) {
    if (attributes != null) {
      open.decrementAndGet();
    }
  }
}
