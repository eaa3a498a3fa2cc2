// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.tracing.CurrentTrace;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/** Lets the buckets of a histogram name a trace each. Thread-safe. */
final class TraceExemplars implements SpanContext {
  private final CurrentTrace trace;

  TraceExemplars(CurrentTrace trace) {
    this.trace = trace;
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    return trace.ids().map(CurrentTrace.Ids::traceId).orElse(null);
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    return trace.ids().map(CurrentTrace.Ids::spanId).orElse(null);
  }

  /** Only spans that are kept are ever current. */
  @Override
  public boolean isCurrentSpanSampled() {
    return trace.ids().isPresent();
  }

  /** A span that was sent cannot be marked any more. */
  @Override
  public void markCurrentSpanAsExemplar() {}
}
