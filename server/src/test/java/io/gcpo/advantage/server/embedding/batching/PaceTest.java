// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long MILLI = 1_000_000;
  private static final Offset<Double> EXACT = within(1e-12);

  private final Pace pace = new Pace(2);
  private long now;

  @Test
  void fewBatches_areNoEvidence() {
    run(Pace.MIN_SAMPLES - 1, 500, 10);

    assertThat(pace.tokensPerNano(now)).isEmpty();
  }

  @Test
  void fewBatchesThatTookLong_areEvidence() {
    run(1, 500, 3_000);
    assertThat(pace.tokensPerNano(now)).isEmpty();

    run(1, 500, 3_000);

    assertThat(pace.tokensPerNano(now).orElseThrow()).isCloseTo(2 * 500 / 3e9, EXACT);
  }

  @Test
  void rate_isOfAllWorkersTogether() {
    run(Pace.MIN_SAMPLES, 500, 10);

    assertThat(pace.tokensPerNano(now).orElseThrow()).isCloseTo(2 * 500 / 1e7, EXACT);
    assertThat(pace.batchNanos()).isEqualTo(1e7);
  }

  @Test
  void rate_isWeightedByTokens() {
    run(20, 400, 10);
    run(20, 100, 5);

    assertThat(pace.tokensPerNano(now).orElseThrow()).isCloseTo(2 * 500 / 1.5e7, EXACT);
  }

  @Test
  void onePause_hardlyCounts() {
    run(Pace.SAMPLES, 500, 10);

    run(1, 500, 10_000);

    assertThat(pace.tokensPerNano(now).orElseThrow()).isGreaterThan(0.95 * 2 * 500 / 1e7);
  }

  @Test
  void deviceThatBecameSlower_isBelieved() {
    run(Pace.SAMPLES, 500, 10);

    run(2 * Pace.SAMPLES, 500, 100);

    assertThat(pace.tokensPerNano(now).orElseThrow()).isCloseTo(2 * 500 / 1e8, EXACT);
  }

  @Test
  void oldEvidence_isForgotten() {
    run(Pace.SAMPLES, 500, 10);

    now += Pace.LIFE.plus(Duration.ofMillis(1)).toNanos();

    assertThat(pace.tokensPerNano(now)).isEmpty();
    assertThat(pace.batchNanos()).isZero();
  }

  private void run(int batches, long tokens, long millis) {
    for (int i = 0; i < batches; i++) {
      now += 10 * MILLI;
      pace.add(tokens, millis * MILLI, now);
    }
  }
}
