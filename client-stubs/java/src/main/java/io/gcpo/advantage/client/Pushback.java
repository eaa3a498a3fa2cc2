// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** What a server that refused a call says of the next attempt. */
final class Pushback {
  static final Metadata.Key<String> KEY =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private Pushback() {}

  /**
   * Nanoseconds to wait, as long as the server asks at least; empty: no further attempt.
   *
   * @param backoff nanoseconds of our own: they grow where the server's do not, and differ where it
   *     tells all callers the same
   */
  static OptionalLong waitNanos(StatusRuntimeException failure, long backoff) {
    Metadata trailers = failure.getTrailers();
    String pushback = trailers == null ? null : trailers.get(KEY);
    long asked = pushback == null ? 0 : TimeUnit.MILLISECONDS.toNanos(milliseconds(pushback));
    if (asked < 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(backoff, Math.max(asked, retryDelay(failure))));
  }

  private static long milliseconds(String pushback) {
    try {
      return Long.parseLong(pushback);
    } catch (NumberFormatException unreadable) {
      return -1;
    }
  }

  private static long retryDelay(StatusRuntimeException failure) {
    return StatusDetails.of(failure)
        .flatMap(details -> StatusDetails.find(details, RetryInfo.class))
        .map(info -> nanos(info.getRetryDelay()))
        .orElse(0L);
  }

  private static long nanos(Duration duration) {
    // As long as can be counted, where it is longer: a sum would begin below zero again.
    return TimeUnit.NANOSECONDS.convert(
        java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos()));
  }
}
