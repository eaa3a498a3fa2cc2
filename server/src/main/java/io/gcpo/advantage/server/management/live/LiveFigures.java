// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import com.google.common.base.Ticker;
import com.google.common.collect.EvictingQueue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.metrics.MeterReader;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the meters every few seconds, so that the page can say what happened lately whether or
 * not anybody scrapes. Remembers the last {@link #LONG}. Thread-safe.
 */
public final class LiveFigures implements Managed {
  /** Of throughput. */
  public static final Duration SHORT = Duration.ofMinutes(1);

  /** Of latencies, whose tail needs more observations. */
  public static final Duration LONG = Duration.ofMinutes(5);

  static final Duration PERIOD = Duration.ofSeconds(5);
  static final int CAPACITY = (int) LONG.dividedBy(PERIOD) + 1;

  private static final Logger logger = LoggerFactory.getLogger(LiveFigures.class);

  private final MeterReader meters;
  private final Ticker ticker;
  private final ScheduledExecutorService executor;
  private final Sample first;

  @GuardedBy("this")
  private final EvictingQueue<Sample> samples = EvictingQueue.create(CAPACITY);

  @Inject
  LiveFigures(MeterReader meters, Ticker ticker, @ForSampling ScheduledExecutorService executor) {
    this.meters = meters;
    this.ticker = ticker;
    this.executor = executor;
    this.first = now();
    samples.add(first);
  }

  @Override
  public void start() {
    // Ends with the executor and never fails.
    var unused =
        executor.scheduleAtFixedRate(
            this::sampleOrWarn, PERIOD.toNanos(), PERIOD.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }

  /** The present, and the past up to it. */
  public Moment look() {
    Sample now = now();
    return new Moment(
        now.meters(),
        now.nanos(),
        new Interval(first, now),
        new Interval(before(now, SHORT), now),
        new Interval(before(now, LONG), now));
  }

  void sample() {
    Sample now = now();
    synchronized (this) {
      samples.add(now);
    }
  }

  synchronized int size() {
    return samples.size();
  }

  /** An exception would end the schedule. */
  private void sampleOrWarn() {
    try {
      sample();
    } catch (RuntimeException e) {
      logger.warn("The meters could not be read", e);
    }
  }

  /** The newest sample that is as old as {@code age}, else the oldest there is. */
  private synchronized Sample before(Sample now, Duration age) {
    Sample found = Objects.requireNonNullElse(samples.peek(), first);
    for (Sample sample : samples) {
      if (now.nanos() - sample.nanos() >= age.toNanos()) {
        found = sample;
      }
    }
    return found;
  }

  private Sample now() {
    return new Sample(ticker.read(), meters.read());
  }
}
