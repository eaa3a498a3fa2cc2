// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void fullBucket_givesItsBurst_thenAsFastAsItFills() {
    TokenBucket bucket = new TokenBucket(2, Duration.ofSeconds(5), 0);

    for (int i = 0; i < 10; i++) {
      assertThat(bucket.untilThere(1, 0)).isZero();
      bucket.take(1, 0);
    }

    assertThat(bucket.untilThere(1, 0)).isCloseTo(Duration.ofMillis(500), Duration.ofNanos(9));
    assertThat(bucket.untilThere(1, SECOND / 2 + 9)).isZero();
  }

  @Test
  void debt_isPaidBeforeAnythingElse() {
    TokenBucket bucket = new TokenBucket(100, Duration.ofSeconds(1), 0);
    bucket.take(400, 0);

    assertThat(bucket.untilThere(0, 0)).isCloseTo(Duration.ofSeconds(3), Duration.ofNanos(9));
    assertThat(bucket.untilThere(50, SECOND))
        .isCloseTo(Duration.ofMillis(2_500), Duration.ofNanos(9));
  }

  @Test
  void givingBack_neverFillsOverTheBrim() {
    TokenBucket bucket = new TokenBucket(100, Duration.ofSeconds(1), 0);
    bucket.take(-1_000, 0);
    bucket.take(100, 0);

    assertThat(bucket.untilThere(1, 0)).isPositive();
  }

  @Test
  void moreThanTheCapacity_canBeAskedForAsAllOfIt() {
    TokenBucket bucket = new TokenBucket(100, Duration.ofSeconds(1), 0);

    assertThat(bucket.askable(1e12)).isEqualTo(100);
    assertThat(bucket.untilThere(bucket.askable(1e12), 0)).isZero();
    assertThat(new TokenBucket(0.001, Duration.ofSeconds(1), 0).askable(1)).isEqualTo(1);
  }

  @Test
  void longestWait_isADay() {
    TokenBucket bucket = new TokenBucket(0.001, Duration.ofSeconds(1), 0);
    bucket.take(1e15, 0);

    assertThat(bucket.untilThere(1, 0)).isEqualTo(Duration.ofDays(1));
  }

  /** Over any time t: never more than rate * t + burst, and, asked all the time, no less. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void randomAsking_neverGetsMoreThanRateTimesTimeAndTheBurst(long seed) {
    Random random = new Random(seed);
    double rate = Math.pow(10, 4 * random.nextDouble() - 1);
    Duration burst = Duration.ofMillis(1_000 + random.nextInt(20_000));
    double capacity = Math.max(1, rate * burst.toNanos() / SECOND);
    TokenBucket bucket = new TokenBucket(rate, burst, 0);
    long now = 0;
    double taken = 0;
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      now += (long) (random.nextDouble() * SECOND / rate);
      double amount = bucket.askable(random.nextDouble() * 4);
      Duration wait = bucket.untilThere(amount, now);
      if (wait.isZero()) {
        bucket.take(amount, now);
        taken += amount;
      } else {
        refused++;
        assertThat(bucket.untilThere(amount, now + wait.toNanos())).isZero();
        now += wait.toNanos();
      }
      assertThat(taken).isLessThanOrEqualTo(capacity + rate * now / SECOND + 1e-3);
    }

    assertThat(refused).isGreaterThan(100);
    assertThat(taken).isCloseTo(rate * now / SECOND, within(0.2 * rate * now / SECOND));
  }
}
