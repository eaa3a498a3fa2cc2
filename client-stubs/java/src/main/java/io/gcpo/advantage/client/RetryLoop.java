// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call, attempted until it is answered, fails for good, or has no time left. Holds no thread
 * while it waits. Used by one call only.
 */
final class RetryLoop<A> {
  private final Supplier<CompletableFuture<A>> attempt;
  private final RetryRules rules;
  private final Timer timer;
  private final Deadline deadline;
  private final BooleanSupplier givenUp;
  private final Pending<A> answer = new Pending<>();
  private volatile @Nullable Throwable lastRefusal;

  /**
   * Starts nothing yet.
   *
   * @param attempt makes the call, once each time
   * @param givenUp whether the caller has given up: then failures stand
   */
  RetryLoop(
      Supplier<CompletableFuture<A>> attempt,
      RetryRules rules,
      Timer timer,
      Deadline deadline,
      BooleanSupplier givenUp) {
    this.attempt = attempt;
    this.rules = rules;
    this.timer = timer;
    this.deadline = deadline;
    this.givenUp = givenUp;
  }

  /** The answer, or the last failure; cancelling it cancels the attempt in flight. */
  CompletableFuture<A> start() {
    run(1);
    return answer.future();
  }

  private void run(int attempts) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.then(attempt.get(), answer::complete, failure -> failed(failure, attempts));
    } catch (RuntimeException | Error broken) {
      // On the timer nobody else would hear of it.
      answer.fail(broken);
    }
  }

  private void failed(Throwable failure, int attempts) {
    OptionalLong wait =
        givenUp.getAsBoolean() ? OptionalLong.empty() : rules.waitNanos(failure, attempts);
    if (wait.isEmpty() || wait.getAsLong() >= deadline.timeRemaining(TimeUnit.NANOSECONDS)) {
      answer.fail(explained(failure));
      return;
    }
    lastRefusal = failure;
    Runnable callOff = timer.schedule(wait.getAsLong(), () -> run(attempts + 1));
    CompletableFuture<?> unused = answer.future().whenComplete((reply, end) -> callOff.run());
  }

  /** An attempt that ran out of time does not say why there were others before it. */
  private Throwable explained(Throwable failure) {
    return lastRefusal != null
            && failure instanceof StatusRuntimeException ended
            && ended.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
        ? ended.getStatus().withCause(lastRefusal).asRuntimeException(ended.getTrailers())
        : QuotaExceededException.in(failure);
  }
}
