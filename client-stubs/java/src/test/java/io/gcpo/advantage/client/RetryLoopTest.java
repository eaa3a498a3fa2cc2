// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryLoopTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ManualTimer timer = new ManualTimer();
  private final List<CompletableFuture<String>> attempts = new ArrayList<>();
  private boolean givenUp;

  @Test
  void start_answer_isTheFirst() {
    CompletableFuture<String> answer = start(SECOND);

    attempts.get(0).complete("good");

    assertThat(answer).isCompletedWithValue("good");
    assertThat(attempts).hasSize(1);
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void start_failures_areRepeatedWithGrowingWaits() {
    CompletableFuture<String> answer = start(60 * SECOND);
    for (int i = 0; i < 7; i++) {
      attempts.get(i).completeExceptionally(unavailable("down"));
      timer.runNext();
    }
    attempts.get(7).complete("good");

    assertThat(answer).isCompletedWithValue("good");
    assertThat(timer.waits.stream().map(TimeUnit.NANOSECONDS::toMillis))
        .containsExactly(100L, 200L, 400L, 800L, 1600L, 2500L, 2500L);
  }

  @Test
  void start_waitThatWouldPassTheDeadline_isNotBegun() {
    CompletableFuture<String> answer = start(SECOND);
    attempts.get(0).completeExceptionally(unavailable("first"));
    timer.runNext();
    timer.pass(TimeUnit.MILLISECONDS.toNanos(700));
    StatusRuntimeException last = unavailable("last");

    attempts.get(1).completeExceptionally(last);

    assertThatThrownBy(answer::join).hasCause(last);
    assertThat(timer.scheduled()).isZero();
    assertThat(attempts).hasSize(2);
  }

  @Test
  void start_timeUpInALaterAttempt_isCausedByTheRefusalBefore() {
    StatusRuntimeException refusal = unavailable("down");
    CompletableFuture<String> answer = start(SECOND);
    attempts.get(0).completeExceptionally(refusal);
    timer.runNext();

    attempts.get(1).completeExceptionally(Status.DEADLINE_EXCEEDED.asRuntimeException());

    assertThatThrownBy(answer::join).cause().hasMessage("DEADLINE_EXCEEDED").hasCause(refusal);
  }

  @Test
  void start_otherFailure_stands() {
    StatusRuntimeException wrong = Status.INVALID_ARGUMENT.asRuntimeException();
    CompletableFuture<String> answer = start(SECOND);

    attempts.get(0).completeExceptionally(wrong);

    assertThatThrownBy(answer::join).hasCause(wrong);
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void start_callerHasGivenUp_failureStands() {
    CompletableFuture<String> answer = start(SECOND);
    givenUp = true;

    attempts.get(0).completeExceptionally(Status.CANCELLED.asRuntimeException());

    assertThat(answer).isCompletedExceptionally();
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void cancel_attemptInFlight_isCancelled() {
    CompletableFuture<String> answer = start(SECOND);

    answer.cancel(false);

    assertThat(attempts.get(0)).isCancelled();
    assertThat(timer.scheduled()).isZero();
  }

  @Test
  void cancel_whileWaiting_callsTheNextAttemptOff() {
    CompletableFuture<String> answer = start(SECOND);
    attempts.get(0).completeExceptionally(unavailable("down"));
    assertThat(timer.scheduled()).isOne();

    answer.cancel(false);

    assertThat(timer.scheduled()).isZero();
    assertThat(attempts).hasSize(1);
  }

  @Test
  void start_attemptThatThrows_failsTheAnswer() {
    IllegalStateException broken = new IllegalStateException("broken");
    CompletableFuture<String> answer =
        new RetryLoop<String>(
                () -> {
                  throw broken;
                },
                rules(),
                timer,
                timer.deadline(SECOND),
                () -> false)
            .start();

    assertThatThrownBy(answer::join).hasCause(broken);
  }

  private CompletableFuture<String> start(long deadlineNanos) {
    return new RetryLoop<>(
            () -> {
              CompletableFuture<String> attempt = new CompletableFuture<>();
              attempts.add(attempt);
              return attempt;
            },
            rules(),
            timer,
            timer.deadline(deadlineNanos),
            () -> givenUp)
        .start();
  }

  private static RetryRules rules() {
    return new RetryRules(RetryPolicy.DEFAULT, () -> 0.0);
  }

  private static StatusRuntimeException unavailable(String description) {
    return Status.UNAVAILABLE.withDescription(description).asRuntimeException();
  }
}
