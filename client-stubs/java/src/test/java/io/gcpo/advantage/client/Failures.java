// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How calls fail. */
final class Failures {
  /** Repeats nearly at once, so that tests do not wait. */
  static final RetryPolicy HASTY =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(1), Duration.ofMillis(20), 2);

  private Failures() {}

  /** RESOURCE_EXHAUSTED for this reason, with a time to come back. */
  static StatusRuntimeException exhausted(String reason, String milliseconds) {
    Metadata trailers = new Metadata();
    trailers.put(Pushback.KEY, milliseconds);
    trailers.put(
        StatusDetails.KEY,
        com.google.rpc.Status.newBuilder()
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
            .build()
            .toByteArray());
    return Status.RESOURCE_EXHAUSTED.withDescription("too much").asRuntimeException(trailers);
  }

  /** Of one group, for this reason; it may come back after so many milliseconds, below 1000. */
  static com.google.rpc.Status ofGroup(Code code, String reason, int milliseconds) {
    RetryInfo retry =
        RetryInfo.newBuilder()
            .setRetryDelay(
                com.google.protobuf.Duration.newBuilder().setNanos(milliseconds * 1_000_000))
            .build();
    return com.google.rpc.Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage("failed")
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
        .addDetails(Any.pack(retry))
        .build();
  }

  static void assertStatus(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(code));
  }

  static void assertFails(CompletableFuture<?> call, Status.Code code, String message) {
    assertThat(call)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .satisfies(
            failure ->
                assertThat(failure.getCause())
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageStartingWith(code + ": " + message));
  }
}
