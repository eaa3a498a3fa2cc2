// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @Test
  void constantRate_callsAreEvenlyApart() {
    assertThat(first(new ConstantRate(3), 4))
        .containsExactly(
            new Slot(0, Slot.Kind.COMPUTE, 0, 0),
            new Slot(333_333_333, Slot.Kind.COMPUTE, 1, 0),
            new Slot(666_666_667, Slot.Kind.COMPUTE, 2, 0),
            new Slot(1_000_000_000, Slot.Kind.COMPUTE, 3, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 4_711})
  void poisson_gapsHaveMeanAndSpreadOfTheExponentialDistribution(long seed) {
    List<Slot> slots = first(new PoissonRate(50, seed), 20_001);
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < slots.size(); i++) {
      double gap = (slots.get(i).atNanos() - slots.get(i - 1).atNanos()) / 1e9;
      assertThat(gap).isNotNegative();
      sum += gap;
      squares += gap * gap;
    }
    double mean = sum / 20_000;

    assertThat(mean).as("seed %d", seed).isCloseTo(0.02, within(0.001));
    assertThat(Math.sqrt(squares / 20_000 - mean * mean)).isCloseTo(0.02, within(0.002));
    assertThat(first(new PoissonRate(50, seed), 20_001)).isEqualTo(slots);
    assertThat(first(new PoissonRate(50, seed + 1), 20_001)).isNotEqualTo(slots);
  }

  @Test
  void steps_allCallsOfAStepAreDueAtOnce() {
    assertThat(first(new Steps(Duration.ofSeconds(10), 2, false), 4))
        .containsExactly(
            new Slot(0, Slot.Kind.COMPUTE, 0, 0),
            new Slot(0, Slot.Kind.COMPUTE, 0, 1),
            new Slot(10_000_000_000L, Slot.Kind.COMPUTE, 1, 0),
            new Slot(10_000_000_000L, Slot.Kind.COMPUTE, 1, 1));
    assertThat(new Steps(Duration.ofSeconds(10), 2, false).callsPerSecond()).isEqualTo(0.2);
  }

  @Test
  void steps_submitted_everyPartIsSubmittedWithinTheIntervalBeforeItsStep() {
    assertThat(first(new Steps(Duration.ofSeconds(10), 2, true), 6))
        .containsExactly(
            new Slot(0, Slot.Kind.SUBMIT, 0, 0),
            new Slot(4_000_000_000L, Slot.Kind.SUBMIT, 0, 1),
            new Slot(10_000_000_000L, Slot.Kind.COMPUTE, 0, 0),
            new Slot(10_000_000_000L, Slot.Kind.COMPUTE, 0, 1),
            new Slot(10_000_000_000L, Slot.Kind.SUBMIT, 1, 0),
            new Slot(14_000_000_000L, Slot.Kind.SUBMIT, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rate_thatIsNone_isRefused(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConstantRate(rate))
        .withMessage("rate: " + rate + " (expected: > 0)");
    assertThatIllegalArgumentException().isThrownBy(() -> new PoissonRate(rate, 1));
  }

  @Test
  void steps_thatAreNone_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Steps(Duration.ZERO, 1, false))
        .withMessage("step-every: 0.0 (expected: > 0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window(Duration.ZERO, Duration.ZERO))
        .withMessageStartingWith("duration: PT0S");
  }

  private static List<Slot> first(Schedule schedule, int count) {
    Iterator<Slot> slots = schedule.slots();
    return Stream.generate(slots::next).limit(count).toList();
  }
}
