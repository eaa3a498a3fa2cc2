// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DaemonTimerTest {
  private final DaemonTimer timer = new DaemonTimer();
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void release() {
    release.countDown();
  }

  /** As it is where callers train in what they attach with thenAcceptAsync. */
  @Test
  void schedule_commonPoolIsBusy_tasksRun() throws Exception {
    int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
    CountDownLatch busy = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      ForkJoinPool.commonPool().execute(() -> hold(busy));
    }
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

    assertRuns();
  }

  @Test
  void schedule_anotherTaskIsHeldUp_tasksRun() throws Exception {
    CountDownLatch held = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      timer.schedule(0, () -> hold(held));
    }
    assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();

    assertRuns();
  }

  private void assertRuns() throws InterruptedException {
    CountDownLatch ran = new CountDownLatch(1);
    timer.schedule(1, ran::countDown);
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private void hold(CountDownLatch begun) {
    begun.countDown();
    try {
      release.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
