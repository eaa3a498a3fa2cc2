// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.common.base.Ticker;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** Begins spans. Thread-safe. */
final class Spans {
  private final Tracer tracer;
  private final CurrentTrace current;
  private final Clock clock;
  private final Ticker ticker;

  Spans(Tracer tracer, CurrentTrace current, Clock clock, Ticker ticker) {
    this.tracer = tracer;
    this.current = current;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** Of a call, beginning now; {@link CallTrace#NONE} if it is not to be traced. */
  CallTrace call(String name, Context caller) {
    return begin(name, SpanKind.SERVER, caller, TimeAnchor.now(clock, ticker));
  }

  /** Of a part of a call, beginning now. */
  CallTrace part(String name, Context call, TimeAnchor anchor) {
    return begin(name, SpanKind.INTERNAL, call, anchor);
  }

  /** Of a stage that is over. */
  void stage(String name, Context call, TimeAnchor anchor, CallStages.StageTime time) {
    tracer
        .spanBuilder(name)
        .setParent(call)
        .setStartTimestamp(anchor.epochNanosAt(time.begin()), TimeUnit.NANOSECONDS)
        .setAttribute("gcpo.stage.parts", time.parts())
        .setAttribute("gcpo.stage.busy_seconds", time.busyNanos() / 1e9)
        .startSpan()
        .end(anchor.epochNanosAt(time.end()), TimeUnit.NANOSECONDS);
  }

  CurrentTrace current() {
    return current;
  }

  long now(TimeAnchor anchor) {
    return anchor.epochNanosAt(ticker.read());
  }

  private CallTrace begin(String name, SpanKind kind, Context parent, TimeAnchor anchor) {
    Span span =
        tracer
            .spanBuilder(name)
            .setSpanKind(kind)
            .setParent(parent)
            .setStartTimestamp(now(anchor), TimeUnit.NANOSECONDS)
            .startSpan();
    return span.isRecording()
        ? new SpanTrace(this, span, parent.with(span), anchor)
        : CallTrace.NONE;
  }
}
