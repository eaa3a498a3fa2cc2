// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.testing.Await;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComputeWatchTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService compute = Executors.newFixedThreadPool(4);
  private final ComputeWatch watch = new ComputeWatch(timer);

  @AfterEach
  void end() {
    compute.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void callerThatGoes_endsItsMaths() {
    AtomicBoolean gone = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(() -> watch.run(gone::get, () -> forEver(begun)), compute);
    Await.until(() -> begun.getCount() == 0);

    gone.set(true);

    assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(watch.size()).isZero();
  }

  @Test
  void callerThatHasGone_startsNoMaths() {
    AtomicBoolean ran = new AtomicBoolean();

    assertThatThrownBy(() -> watch.run(() -> true, () -> ran.set(true)))
        .isInstanceOf(CancellationException.class);

    assertThat(ran).isFalse();
  }

  @Test
  void timerThatFailsOnce_keepsNothingAndWatchesTheNextMaths() {
    ScheduledThreadPoolExecutor failing = new FailingOnce();
    ComputeWatch watched = new ComputeWatch(failing);
    try {
      assertThatThrownBy(() -> watched.run(() -> false, () -> {}))
          .isInstanceOf(RejectedExecutionException.class);
      assertThat(watched.size()).isZero();

      AtomicBoolean gone = new AtomicBoolean();
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(() -> watched.run(gone::get, () -> forEver(begun)), compute);
      Await.until(() -> begun.getCount() == 0);
      gone.set(true);
      assertThatThrownBy(() -> run.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancellationException.class);
    } finally {
      failing.shutdownNow();
    }
  }

  @Test
  void interrupt_neverHitsTheNextWorkOfAThread() throws Exception {
    AtomicInteger hit = new AtomicInteger();
    CompletableFuture<?>[] runs = new CompletableFuture<?>[4_000];
    for (int i = 0; i < runs.length; i++) {
      boolean abandoned = i % 2 == 0;
      runs[i] =
          CompletableFuture.runAsync(
              () -> {
                if (Thread.currentThread().isInterrupted()) {
                  hit.incrementAndGet();
                }
                // Gone as soon as it is looked at again: about when the maths ends by itself.
                AtomicInteger asked = new AtomicInteger();
                CancellationSignal signal = () -> abandoned && asked.incrementAndGet() > 1;
                try {
                  watch.run(signal, () -> spin(2_000));
                } catch (CancellationException ended) {
                  // As often as not it ends in time.
                }
              },
              compute);
    }
    CompletableFuture.allOf(runs).get(50, TimeUnit.SECONDS);

    assertThat(hit).hasValue(0);
    assertThat(watch.size()).isZero();
  }

  private static void forEver(CountDownLatch begun) {
    begun.countDown();
    while (true) {
      Interruption.check();
    }
  }

  private static void spin(int checks) {
    for (int i = 0; i < checks; i++) {
      Interruption.check();
    }
  }

  /** As where there is no memory for its thread. */
  private static final class FailingOnce extends ScheduledThreadPoolExecutor {
    private final AtomicBoolean failed = new AtomicBoolean();

    FailingOnce() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      if (failed.compareAndSet(false, true)) {
        throw new RejectedExecutionException();
      }
      return super.schedule(task, delay, unit);
    }
  }
}
