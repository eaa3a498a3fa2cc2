// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.Semaphore;

/** Counts what another exporter sends, and gives its room in the queue back. Thread-safe. */
final class CountingExporter implements SpanExporter {
  private final SpanExporter exporter;
  private final Semaphore room;
  private final SpanObserver observer;

  CountingExporter(SpanExporter exporter, Semaphore room, SpanObserver observer) {
    this.exporter = exporter;
    this.room = room;
    this.observer = observer;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int count = spans.size();
    CompletableResultCode sent;
    try {
      sent = exporter.export(spans);
    } catch (RuntimeException | Error e) {
      left(SpanObserver.Outcome.FAILED, count);
      throw e;
    }
    return sent.whenComplete(
        () ->
            left(
                sent.isSuccess() ? SpanObserver.Outcome.EXPORTED : SpanObserver.Outcome.FAILED,
                count));
  }

  private void left(SpanObserver.Outcome outcome, int count) {
    room.release(count);
    observer.spansLeft(outcome, count);
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
