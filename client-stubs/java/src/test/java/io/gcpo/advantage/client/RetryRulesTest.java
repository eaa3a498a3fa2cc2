// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRulesTest {
  private static final OptionalLong BACKOFF = millis(100);
  private final RetryRules rules = new RetryRules(RetryPolicy.DEFAULT, () -> 0.0);

  @ParameterizedTest
  @EnumSource(Status.Code.class)
  void waitNanos_onlyUnavailableAndCancelled_areRepeated(Status.Code code) {
    boolean repeated = code == Status.Code.UNAVAILABLE || code == Status.Code.CANCELLED;

    assertThat(rules.waitNanos(code.toStatus().asRuntimeException(), 1))
        .isEqualTo(repeated ? BACKOFF : OptionalLong.empty());
  }

  @Test
  void waitNanos_quota_isRepeatedAsTheServerSays_aMessageTooLargeIsNot() {
    assertThat(rules.waitNanos(Failures.exhausted("QUOTA", "700"), 1)).isEqualTo(millis(700));
    assertThat(rules.waitNanos(Failures.exhausted("LIMIT", "700"), 1)).isEmpty();
  }

  @Test
  void waitNanos_unreadableAnswerOrNoStatus_stands() {
    Status unreadable = Status.CANCELLED.withCause(Status.INTERNAL.asRuntimeException());

    assertThat(rules.waitNanos(unreadable.asRuntimeException(), 1)).isEmpty();
    assertThat(rules.waitNanos(new InvalidAnswerException("a", 1, "2"), 1)).isEmpty();
  }

  @Test
  void waitNanos_connectionThatBrokeOffUnexplained_isRepeated() {
    Status broken = Status.UNKNOWN.withCause(new ClosedChannelException());

    assertThat(rules.waitNanos(broken.asRuntimeException(), 1)).isEqualTo(BACKOFF);
  }

  @Test
  void waitNanos_lastAttempt_stands() {
    RetryRules three = new RetryRules(RetryPolicy.DEFAULT.withMaxAttempts(3), () -> 0.0);

    assertThat(three.waitNanos(refused(null, null), 2)).isEqualTo(millis(200));
    assertThat(three.waitNanos(refused(null, null), 3)).isEmpty();
  }

  @Test
  void waitNanos_pushback_isALowerBound() {
    assertThat(rules.waitNanos(refused("0", null), 1)).isEqualTo(BACKOFF);
    assertThat(rules.waitNanos(refused("70000", null), 1)).isEqualTo(millis(70_000));
  }

  @Test
  void waitNanos_pushbackThatStaysTheSame_isOutgrown() {
    RetryRules drawn = new RetryRules(RetryPolicy.DEFAULT, () -> 0.5);

    assertThat(IntStream.rangeClosed(1, 4).mapToObj(k -> drawn.waitNanos(refused("250", null), k)))
        .containsExactly(millis(250), millis(300), millis(600), millis(1200));
  }

  @Test
  void waitNanos_negativeOrUnreadablePushback_stands() {
    assertThat(rules.waitNanos(refused("-1", null), 1)).isEmpty();
    assertThat(rules.waitNanos(refused("soon", null), 1)).isEmpty();
    assertThat(rules.waitNanos(refused("", null), 1)).isEmpty();
    assertThat(rules.waitNanos(refused("99999999999999999999", null), 1)).isEmpty();
  }

  @Test
  void waitNanos_retryInfo_isALowerBound() {
    assertThat(rules.waitNanos(refused(null, retryInfo(50)), 1)).isEqualTo(BACKOFF);
    assertThat(rules.waitNanos(refused(null, retryInfo(1500)), 1)).isEqualTo(millis(1500));
    assertThat(rules.waitNanos(refused("700", retryInfo(1500)), 1)).isEqualTo(millis(1500));
    assertThat(rules.waitNanos(refused("2000", retryInfo(1500)), 1)).isEqualTo(millis(2000));
    assertThat(rules.waitNanos(refused("-1", retryInfo(1500)), 1)).isEmpty();
    Duration ages = Duration.newBuilder().setSeconds(315_576_000_000L).setNanos(1).build();
    assertThat(rules.waitNanos(refused(null, retryInfo(ages)), 1))
        .isEqualTo(OptionalLong.of(Long.MAX_VALUE));
  }

  @Test
  void waitNanos_detailsThatCannotBeRead_areLeftOut() {
    byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
    byte[] brokenDetail =
        com.google.rpc.Status.newBuilder()
            .addDetails(
                Any.newBuilder()
                    .setTypeUrl("x/google.rpc.RetryInfo")
                    .setValue(ByteString.copyFrom(junk)))
            .build()
            .toByteArray();

    assertThat(rules.waitNanos(refused(null, junk), 1)).isEqualTo(BACKOFF);
    assertThat(rules.waitNanos(refused(null, brokenDetail), 1)).isEqualTo(BACKOFF);
  }

  private static byte[] retryInfo(int milliseconds) {
    Duration delay =
        Duration.newBuilder()
            .setSeconds(milliseconds / 1000)
            .setNanos(milliseconds % 1000 * 1_000_000)
            .build();
    return retryInfo(delay);
  }

  private static byte[] retryInfo(Duration delay) {
    return com.google.rpc.Status.newBuilder()
        .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()))
        .build()
        .toByteArray();
  }

  private static StatusRuntimeException refused(
      @Nullable String pushback, byte @Nullable [] details) {
    Metadata trailers = new Metadata();
    if (pushback != null) {
      trailers.put(Pushback.KEY, pushback);
    }
    if (details != null) {
      trailers.put(StatusDetails.KEY, details);
    }
    return Status.UNAVAILABLE.asRuntimeException(trailers);
  }

  private static OptionalLong millis(long milliseconds) {
    return OptionalLong.of(TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }
}
