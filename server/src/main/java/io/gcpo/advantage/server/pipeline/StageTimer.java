// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.CallTimeline;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells the observer, and the call itself, how long a stage took. Thread-safe. */
public final class StageTimer {
  private final PipelineObserver observer;
  private final Ticker ticker;

  public StageTimer(PipelineObserver observer, Ticker ticker) {
    this.observer = observer;
    this.ticker = ticker;
  }

  /** What {@code step} makes; a step that throws is not told of. */
  public <T> T timed(Stage stage, CallTimeline timeline, Supplier<T> step) {
    long begin = ticker.read();
    T value = step.get();
    ended(stage, timeline, begin, ticker.read());
    return value;
  }

  /** A stage that lasted from {@code begin} to {@code end}, in the ticker's nanoseconds. */
  void ended(Stage stage, CallTimeline timeline, long begin, long end) {
    timeline.ended(stage.label(), begin, end);
    timeline.measure(() -> observer.stageEnded(stage, Duration.ofNanos(end - begin)));
  }
}
