// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.metrics.DurationHistogram;
import io.gcpo.advantage.server.metrics.MeterReading;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What happened between two looks at the meters. Immutable. */
public final class Interval {
  private final Sample earlier;
  private final Sample later;

  Interval(Sample earlier, Sample later) {
    this.earlier = earlier;
    this.later = later;
  }

  /** From the first look to the second. */
  public Duration length() {
    return Duration.ofNanos(later.nanos() - earlier.nanos());
  }

  /** By how much something grew that only grows. */
  public double growth(ToDoubleFunction<MeterReading> counted) {
    return counted.applyAsDouble(later.meters()) - counted.applyAsDouble(earlier.meters());
  }

  /** The same a second; 0 if no time has passed. */
  public double rate(ToDoubleFunction<MeterReading> counted) {
    long nanos = length().toNanos();
    return nanos <= 0 ? 0 : growth(counted) * 1e9 / nanos;
  }

  /** The durations that were measured in between, by stage. */
  public Map<String, DurationHistogram> stages() {
    Map<String, DurationHistogram> before = earlier.meters().stages();
    ImmutableMap.Builder<String, DurationHistogram> between = ImmutableMap.builder();
    later
        .meters()
        .stages()
        .forEach(
            (stage, durations) ->
                between.put(
                    stage, durations.since(before.getOrDefault(stage, DurationHistogram.NONE))));
    return between.buildOrThrow();
  }
}
