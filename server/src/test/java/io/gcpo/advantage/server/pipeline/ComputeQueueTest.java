// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** One thread, whose tasks take 10 ms each in the ticker's time. */
class ComputeQueueTest {
  private static final Duration TASK = Duration.ofMillis(10);

  private final ManualTicker ticker = new ManualTicker();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final ComputeQueue queue = new ComputeQueue(waiting::add, 1, ticker);

  @Test
  void nothingWaits_isLetInHoweverLittleTimeIsLeft() {
    learn();

    assertThatCode(() -> queue.check(100, Duration.ZERO)).doesNotThrowAnyException();
  }

  @Test
  void littleKnown_isLetIn() {
    for (int i = 0; i < 15; i++) {
      queue.execute(this::task);
    }
    runAll();
    queue.execute(this::task);

    assertThatCode(() -> queue.check(1, Duration.ofMillis(1))).doesNotThrowAnyException();
  }

  @Test
  void fiveWait_theSixthNeedsTheTimeOfSixAndHalfAsMuchAgain() {
    learn();
    for (int i = 0; i < 5; i++) {
      queue.execute(this::task);
    }

    assertThatCode(() -> queue.check(1, Duration.ofMillis(90))).doesNotThrowAnyException();
    assertThatExceptionOfType(PredictedWaitException.class)
        .isThrownBy(() -> queue.check(1, Duration.ofMillis(89)))
        .withMessage("predicted wait: 60 ms (expected: well within the 89 ms until the deadline)");
    assertThatExceptionOfType(PredictedWaitException.class)
        .isThrownBy(() -> queue.check(2, Duration.ofMillis(90)));
  }

  @Test
  void onePause_isNotTakenForTheRule() {
    learn();
    queue.execute(() -> ticker.advance(Duration.ofMinutes(1)));
    runAll();
    queue.execute(this::task);

    // 10 ms, and a twentieth of the 30 ms more that the pause counts for.
    assertThatCode(() -> queue.check(1, Duration.ofMillis(35))).doesNotThrowAnyException();
    assertThatExceptionOfType(PredictedWaitException.class)
        .isThrownBy(() -> queue.check(1, Duration.ofMillis(34)));
  }

  @Test
  void severalThreads_shareTheWork() {
    ComputeQueue two = new ComputeQueue(waiting::add, 2, ticker);
    learn(two);
    for (int i = 0; i < 5; i++) {
      two.execute(this::task);
    }

    assertThatCode(() -> two.check(1, Duration.ofMillis(45))).doesNotThrowAnyException();
    assertThatExceptionOfType(PredictedWaitException.class)
        .isThrownBy(() -> two.check(1, Duration.ofMillis(44)));
  }

  @Test
  void taskThatFails_andTaskThatIsRefused_waitNoLonger() {
    learn();
    queue.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::runAll);
    ComputeQueue full =
        new ComputeQueue(
            task -> {
              throw new RejectedExecutionException();
            },
            1,
            ticker);
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> full.execute(this::task));

    assertThatCode(() -> queue.check(1, Duration.ZERO)).doesNotThrowAnyException();
    assertThatCode(() -> full.check(1, Duration.ZERO)).doesNotThrowAnyException();
  }

  @Test
  void callOfUnknownSize_isTakenToBeAsSmallAsAnyOfTheLastOnes() {
    learn();
    for (int i = 0; i < 5; i++) {
      queue.execute(this::task);
    }
    assertThatCode(() -> queue.checkNext(Duration.ofMillis(75))).doesNotThrowAnyException();

    queue.check(2, Duration.ofMinutes(1));
    for (int i = 0; i < 63; i++) {
      queue.check(5, Duration.ofMinutes(1));
    }

    assertThatCode(() -> queue.checkNext(Duration.ofMillis(105))).doesNotThrowAnyException();
    assertThatExceptionOfType(PredictedWaitException.class)
        .isThrownBy(() -> queue.checkNext(Duration.ofMillis(104)));

    queue.check(5, Duration.ofMinutes(1));

    assertThatExceptionOfType(PredictedWaitException.class)
        .isThrownBy(() -> queue.checkNext(Duration.ofMillis(149)));
  }

  private void learn() {
    learn(queue);
  }

  private void learn(ComputeQueue queue) {
    for (int i = 0; i < 16; i++) {
      queue.execute(this::task);
    }
    runAll();
  }

  private void task() {
    ticker.advance(TASK);
  }

  private void runAll() {
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
