// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.embedding.ShedReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With evidence, one worker makes 100 tokens a millisecond, in batches of 10 ms. */
class WaitForecastTest {
  private static final long MILLI = 1_000_000;
  private static final long MAX_TOKENS = 1_000_000;

  // A ticker may begin anywhere.
  private long now = Long.MAX_VALUE - 50 * MILLI;
  private WaitForecast forecast = new WaitForecast(1, MAX_TOKENS, Duration.ZERO, now);

  @Test
  void withoutEvidence_allMayWait() {
    waits(due(60_000), 900_000);

    assertThatCode(() -> ask(due(1), 1_000)).doesNotThrowAnyException();
    assertThat(forecast.untilDone(now)).isZero();
  }

  @Test
  void withoutOthers_isLetInHoweverLarge() {
    evidence();

    assertThatCode(() -> ask(due(1), 10 * MAX_TOKENS)).doesNotThrowAnyException();
  }

  @Test
  void lateByItself_isTurnedAway() {
    evidence();
    waits(due(60_000), 50_000);

    assertThatCode(() -> ask(due(60_000), 1_000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ask(due(60_000, 600), 1_000))
        .isInstanceOf(PredictedWaitException.class)
        .hasMessage("predicted wait: 520 ms (expected: well within the 600 ms until the deadline)");
    assertThat(forecast.untilDone(now)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void dueBeforeOthers_waitsForThoseDueBeforeItOnly() {
    evidence();
    waits(due(60_000), 500_000);
    waits(due(100), 1_000);

    assertThatCode(() -> ask(due(200), 1_000)).doesNotThrowAnyException();
  }

  @Test
  void tokensWithTheModel_areWaitedFor() {
    evidence();
    waits(due(60_000), 100);
    forecast.batchTaken(50_000);

    assertThatThrownBy(() -> ask(due(200), 100)).isInstanceOf(PredictedWaitException.class);
    forecast.batchDone(50_000, 10 * MILLI, false, now);
    assertThatCode(() -> ask(due(200), 100)).doesNotThrowAnyException();
  }

  @Test
  void makesOthersLate_isTurnedAwayWithATimeToComeBack() {
    evidence();
    waits(due(1_000), 90_000);

    QueueFullException full =
        catchThrowableOfType(QueueFullException.class, () -> ask(due(500), 20_000));

    assertThat(full.reason()).isEqualTo(ShedReason.QUEUE_WAIT);
    assertThat(full.retryAfter()).isBetween(Duration.ofMillis(900), Duration.ofMillis(1_350));
  }

  @Test
  void othersThatAreLateAnyway_keepNobodyOut() {
    evidence();
    waits(due(1_000), 200_000);

    assertThatCode(() -> ask(due(500), 20_000)).doesNotThrowAnyException();
  }

  @Test
  void othersWithoutHurry_areNotLateWhenTheyAreServedLate() {
    evidence();
    waits(due(60_000, 3_600_000), 900_000);
    waits(due(60_000, 3_600_000), 90_000);
    now += 59_000 * MILLI;
    evidence();

    assertThatCode(() -> ask(due(500), 5_000)).doesNotThrowAnyException();
  }

  @Test
  void tooManyTokens_areTurnedAwayUntilTheExcessIsDone() {
    evidence();
    waits(due(60_000), MAX_TOKENS);

    QueueFullException full =
        catchThrowableOfType(QueueFullException.class, () -> ask(due(60_000), 100_000));

    assertThat(full).hasMessage("queue: 1000000 + 100000 tokens (expected: <= 1000000)");
    assertThat(full.reason()).isEqualTo(ShedReason.QUEUED_TOKENS);
    assertThat(full.retryAfter()).isBetween(Duration.ofMillis(1_000), Duration.ofMillis(1_500));
  }

  @Test
  void longerThanTheLongestWait_isTurnedAway() {
    forecast = new WaitForecast(1, MAX_TOKENS, Duration.ofSeconds(2), now);
    evidence();
    waits(due(60_000), 500_000);

    QueueFullException full =
        catchThrowableOfType(QueueFullException.class, () -> ask(due(60_000), 100));

    assertThat(full).hasMessage("queue: 5000 ms (expected: <= 2000 ms)");
    assertThat(full.retryAfter()).isBetween(Duration.ofMillis(3_000), Duration.ofMillis(4_500));
  }

  @Test
  void thoseTurnedAwayTogether_doNotComeBackTogether() {
    evidence();
    waits(due(60_000), MAX_TOKENS);
    Set<Long> hundredths = new HashSet<>();

    for (int i = 0; i < 20; i++) {
      QueueFullException full =
          catchThrowableOfType(QueueFullException.class, () -> ask(due(60_000), 100_000));
      hundredths.add(full.retryAfter().toMillis() / 25);
    }

    assertThat(hundredths).hasSizeGreaterThan(12);
  }

  @Test
  void lessTimeThanHalfABatch_isTooLate() {
    assertThat(forecast.isTooLate(Duration.ofMillis(1), now)).isFalse();

    evidence();

    assertThat(forecast.isTooLate(Duration.ofMillis(4), now)).isTrue();
    assertThat(forecast.isTooLate(Duration.ofMillis(6), now)).isFalse();
  }

  @Test
  void outOfTurn_goesOnlyWhatDelaysNobodyTooLong() {
    waits(due(120), 8_000);
    assertThat(forecast.latestOutOfTurn(now)).as("without evidence").isEmpty();

    evidence();
    assertThat(forecast.latestOutOfTurn(now)).as("a quarter and two batches to spare").isEmpty();

    now += MILLI;
    OptionalLong latest = forecast.latestOutOfTurn(now);
    assertThat(latest.orElseThrow() - now).isBetween(119 * MILLI, 139 * MILLI);
  }

  private void evidence() {
    for (int i = 0; i < Pace.MIN_SAMPLES; i++) {
      forecast.batchTaken(1_000);
      forecast.batchDone(1_000, 10 * MILLI, true, now);
    }
  }

  private void waits(PendingRequest request, long tokens) {
    forecast.backlog().add(request, tokens);
  }

  private void ask(PendingRequest request, long tokens) {
    forecast.check(request, tokens, now);
  }

  private PendingRequest due(long millis) {
    return due(millis, millis);
  }

  private PendingRequest due(long millis, long deadline) {
    return new PendingRequest(
        List.of(), CancellationSignal.NONE, now + millis * MILLI, now + deadline * MILLI);
  }
}
