// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Singleton;
import io.gcpo.advantage.server.metrics.MeterReader;
import io.gcpo.advantage.server.metrics.MeterReading;
import io.gcpo.advantage.server.testing.ManualTicker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveFiguresTest {
  private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ManualTicker ticker = new ManualTicker();
  private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
  private final LiveFigures figures = new LiveFigures(reader(), ticker, executor);
  private final Counter groups = registry.counter("gcpo_groups_total", "signal", "OK");
  private final Timer embed =
      Timer.builder("gcpo_stage_duration_seconds")
          .tag("stage", "embed")
          .serviceLevelObjectives(Duration.ofSeconds(1), Duration.ofSeconds(2))
          .register(registry);

  @Test
  void noTimePassed_ratesAreZero() {
    groups.increment();

    assertThat(figures.look().lately().rate(LiveFiguresTest::groups)).isZero();
    assertThat(figures.look().sinceStart().rate(LiveFiguresTest::groups)).isZero();
  }

  @Test
  void lately_isTheLastMinute() {
    groups.increment(1_000);
    pass(Duration.ofMinutes(2));
    groups.increment(120);
    pass(Duration.ofMinutes(1));

    Moment moment = figures.look();

    assertThat(moment.lately().length()).isEqualTo(Duration.ofMinutes(1));
    assertThat(moment.lately().growth(LiveFiguresTest::groups)).isEqualTo(120);
    assertThat(moment.lately().rate(LiveFiguresTest::groups)).isEqualTo(2);
    assertThat(moment.sinceStart().length()).isEqualTo(Duration.ofMinutes(3));
    assertThat(moment.sinceStart().growth(LiveFiguresTest::groups)).isEqualTo(1_120);
  }

  @Test
  void youngServer_latelyIsItsWholeLife() {
    groups.increment(30);
    pass(Duration.ofSeconds(10));

    assertThat(figures.look().lately().rate(LiveFiguresTest::groups)).isEqualTo(3);
  }

  @Test
  void stages_areOfTheLastMinutesOnly() {
    embed.record(Duration.ofMillis(1_500));
    pass(Duration.ofMinutes(6));
    assertThat(embedCount()).isZero();
    embed.record(Duration.ofMillis(500));
    pass(Duration.ofMinutes(4));

    assertThat(embedCount()).isEqualTo(1);
    assertThat(Objects.requireNonNull(figures.look().minutes().stages().get("embed")).mean())
        .hasValue(0.5);
  }

  @Test
  void dayAndNight_memoryIsBounded() {
    for (int sample = 0; sample < 20_000; sample++) {
      ticker.advance(LiveFigures.PERIOD);
      figures.sample();
      assertThat(figures.size()).isLessThanOrEqualTo(LiveFigures.CAPACITY);
    }
    assertThat(figures.look().minutes().length()).isEqualTo(LiveFigures.LONG);
  }

  @Test
  void startAndStop_theScheduleBeginsAndEnds() throws Exception {
    figures.start();
    assertThat(executor.getQueue()).hasSize(1);
    figures.stop();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(executor.getQueue()).isEmpty();
  }

  private double embedCount() {
    return Objects.requireNonNull(figures.look().minutes().stages().get("embed")).count();
  }

  private void pass(Duration duration) {
    Duration left = duration;
    while (left.compareTo(LiveFigures.PERIOD) >= 0) {
      ticker.advance(LiveFigures.PERIOD);
      figures.sample();
      left = left.minus(LiveFigures.PERIOD);
    }
  }

  private static double groups(MeterReading meters) {
    return meters.groups().getOrDefault("OK", 0.0);
  }

  private MeterReader reader() {
    return Guice.createInjector(
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(MeterRegistry.class).toInstance(registry);
                bind(MeterReader.class).in(Singleton.class);
              }
            })
        .getInstance(MeterReader.class);
  }
}
