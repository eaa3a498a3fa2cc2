// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final double ALMOST_ONE = 0.999;

  @Test
  void backoff_growsTwofoldUpToItsBound() {
    assertThat(milliseconds(1, ALMOST_ONE)).isEqualTo(199);
    assertThat(milliseconds(2, ALMOST_ONE)).isEqualTo(399);
    assertThat(milliseconds(5, ALMOST_ONE)).isEqualTo(3198);
    assertThat(milliseconds(6, ALMOST_ONE)).isEqualTo(4997);
    assertThat(milliseconds(1_000_000, ALMOST_ONE)).isEqualTo(4997);
  }

  @Test
  void backoff_isDrawnFromTheUpperHalf() {
    assertThat(milliseconds(1, 0)).isEqualTo(100);
    assertThat(milliseconds(1, 0.5)).isEqualTo(150);
    assertThat(milliseconds(1_000_000, 0)).isEqualTo(2500);
  }

  @Test
  void badValue_isRefused() {
    assertRefused(() -> RetryPolicy.DEFAULT.withMaxAttempts(0), "maxAttempts: 0 (expected: >= 1)");
    assertRefused(
        () -> new RetryPolicy(1, Duration.ZERO, SECOND, 2),
        "initialBackoff: PT0S (expected: a positive duration)");
    assertRefused(
        () -> new RetryPolicy(1, SECOND, Duration.ofMillis(999), 2),
        "maxBackoff: PT0.999S (expected: >= initialBackoff, PT1S)");
    assertRefused(
        () -> new RetryPolicy(1, SECOND, Duration.ofSeconds(Long.MAX_VALUE), 2),
        "maxBackoff: PT2562047788015215H30M7S (expected: at most 36500 days)");
    assertRefused(
        () -> new RetryPolicy(1, SECOND, SECOND, 0.9), "multiplier: 0.9 (expected: finite, >= 1)");
    assertRefused(
        () -> new RetryPolicy(1, SECOND, SECOND, Double.NaN),
        "multiplier: NaN (expected: finite, >= 1)");
  }

  private static long milliseconds(int failures, double draw) {
    return TimeUnit.NANOSECONDS.toMillis(RetryPolicy.DEFAULT.backoffNanos(failures, draw));
  }

  private static void assertRefused(ThrowingCallable policy, String message) {
    assertThatIllegalArgumentException().isThrownBy(policy).withMessage(message);
  }
}
