// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Decides whether a failed attempt is made again, and after how long; the rules stand at {@link
 * RetryPolicy}. Thread-safe if its draws are.
 *
 * @param draws the next number in [0, 1)
 */
record RetryRules(RetryPolicy policy, DoubleSupplier draws) {
  static RetryRules of(RetryPolicy policy) {
    return new RetryRules(policy, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Nanoseconds to wait; empty: the failure stands.
   *
   * @param failures so far, this one included
   */
  OptionalLong waitNanos(Throwable failure, int failures) {
    if (failures >= policy.maxAttempts()
        || !(failure instanceof StatusRuntimeException refused)
        || !isTransient(refused)) {
      return OptionalLong.empty();
    }
    return Pushback.waitNanos(refused, policy.backoffNanos(failures, draws.getAsDouble()));
  }

  private static boolean isTransient(StatusRuntimeException refused) {
    Status status = refused.getStatus();
    return switch (status.getCode()) {
      case UNAVAILABLE -> true;
      // With a cause it is our own gRPC that could not read an answer.
      case CANCELLED -> status.getCause() == null;
      // What our own gRPC sometimes says where a connection broke off; no server can send a cause.
      case UNKNOWN -> status.getCause() instanceof ClosedChannelException;
      case RESOURCE_EXHAUSTED -> QuotaExceededException.isWhy(refused);
      default -> false;
    };
  }
}
