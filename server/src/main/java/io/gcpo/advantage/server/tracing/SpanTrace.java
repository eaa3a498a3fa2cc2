// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;

/**
 * A call, or a part of it, as a span. Its stages become spans when it ends, one each however many
 * windows, batches and groups it had: a large call must not cost the collector thousands of them.
 */
final class SpanTrace implements CallTrace {
  private final Spans spans;
  private final Span span;
  private final Context context;
  private final TimeAnchor anchor;
  private final CurrentTrace.Ids ids;
  private final CallStages stages = new CallStages();

  SpanTrace(Spans spans, Span span, Context context, TimeAnchor anchor) {
    this.spans = spans;
    this.span = span;
    this.context = context;
    this.anchor = anchor;
    this.ids =
        new CurrentTrace.Ids(span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId());
  }

  @Override
  public boolean isRecording() {
    return true;
  }

  @Override
  public void note(String attribute, String value) {
    span.setAttribute(attribute, value);
  }

  @Override
  public void note(String attribute, long value) {
    span.setAttribute(attribute, value);
  }

  @Override
  public CallTrace part(String name) {
    return spans.part(name, context, anchor);
  }

  @Override
  public void ended(String stage, long begin, long end) {
    stages.add(stage, begin, end);
  }

  @Override
  public void measure(Runnable measurement) {
    spans.current().during(ids, measurement);
  }

  @Override
  public void end(String failure) {
    stages.close().forEach((stage, time) -> spans.stage(stage, context, anchor, time));
    if (!failure.isEmpty()) {
      span.setAttribute("error.type", failure);
      span.setStatus(StatusCode.ERROR);
    }
    span.end(spans.now(anchor), TimeUnit.NANOSECONDS);
  }
}
