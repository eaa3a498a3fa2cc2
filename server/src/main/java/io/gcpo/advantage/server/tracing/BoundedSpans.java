// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.Semaphore;

/**
 * Lets spans into the queue of another processor while there is room, and counts those that find
 * none: OpenTelemetry's own queue drops them too, but tells only its own metrics. Thread-safe;
 * never blocks.
 */
final class BoundedSpans implements SpanProcessor {
  private final SpanProcessor processor;
  private final Semaphore room;
  private final SpanObserver observer;

  /** {@code room} is given back by {@link CountingExporter}. */
  BoundedSpans(SpanProcessor processor, Semaphore room, SpanObserver observer) {
    this.processor = processor;
    this.room = room;
    this.observer = observer;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (room.tryAcquire()) {
      processor.onEnd(span);
    } else {
      observer.spansLeft(SpanObserver.Outcome.DROPPED, 1);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return processor.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return processor.forceFlush();
  }
}
