// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTimerTest {
  private final ManualTimer timer = new ManualTimer();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final RetryTimer retries = new RetryTimer(timer, closed::get);
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void schedule_open_runsWhenItIsDue() {
    retries.schedule(1000, runs::incrementAndGet);
    assertThat(timer.waits).containsExactly(1000L);
    assertThat(runs).hasValue(0);

    timer.runNext();

    assertThat(runs).hasValue(1);
  }

  @Test
  void endWaits_whatWaits_runsOnce() {
    retries.schedule(1000, runs::incrementAndGet);
    retries.schedule(2000, runs::incrementAndGet);

    retries.endWaits();
    assertThat(runs).hasValue(2);

    timer.runNext();
    timer.runNext();
    retries.endWaits();
    assertThat(runs).hasValue(2);
  }

  @Test
  void schedule_closed_doesNotWait() {
    closed.set(true);

    retries.schedule(1000, runs::incrementAndGet);

    assertThat(timer.waits).containsExactly(0L);
  }

  @Test
  void callOff_neverRuns() {
    retries.schedule(1000, runs::incrementAndGet).run();
    assertThat(timer.scheduled()).isZero();

    retries.endWaits();

    assertThat(runs).hasValue(0);
  }
}
