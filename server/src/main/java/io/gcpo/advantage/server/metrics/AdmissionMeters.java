// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/** Shows how far the memory for request messages is used up. Thread-safe. */
public final class AdmissionMeters {
  private volatile Figures figures = new Figures(() -> 0, () -> 0, () -> 0);

  /**
   * Where to ask; each is thread-safe.
   *
   * @param admittedBytes that are read or worked on
   * @param admissibleBytes that may be
   * @param waitingCalls whose message waits
   */
  public record Figures(
      Supplier<Number> admittedBytes,
      Supplier<Number> admissibleBytes,
      Supplier<Number> waitingCalls) {}

  private final Counter shed;
  private final Counter manyWait;
  private final Counter largeMessages;

  @Inject
  AdmissionMeters(MeterRegistry registry) {
    shed = OverloadCounters.shed(registry, "waiting_calls");
    manyWait = OverloadCounters.nearLimit(registry, "waiting_calls");
    largeMessages = OverloadCounters.nearLimit(registry, "message_bytes");
    Meters.gauge(registry, RequestMetrics.ADMITTED_BYTES, () -> figures.admittedBytes().get());
    Meters.gauge(registry, RequestMetrics.ADMISSIBLE_BYTES, () -> figures.admissibleBytes().get());
    Meters.gauge(registry, RequestMetrics.WAITING_CALLS, () -> figures.waitingCalls().get());
  }

  /** A call was refused, as too many waited to send their message. */
  public void callShed() {
    shed.increment();
  }

  /** A call waits, and nearly as many as may. */
  public void manyWait() {
    manyWait.increment();
  }

  /** A message is nearly as large as one may be. */
  public void largeMessage() {
    largeMessages.increment();
  }

  /** Asks these from now on; before, all are 0. */
  public void show(Figures figures) {
    this.figures = figures;
  }
}
