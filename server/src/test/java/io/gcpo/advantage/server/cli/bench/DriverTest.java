// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static io.gcpo.advantage.server.cli.bench.SimulatedServer.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** In virtual time: no figure here depends on the machine. */
class DriverTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Window TEN_SECONDS = new Window(Duration.ZERO, Duration.ofSeconds(10));
  private static final Schedule HUNDRED_A_SECOND = new ConstantRate(100);

  private final VirtualTime time = new VirtualTime();
  private final SimulatedServer server = new SimulatedServer(time);

  @Test
  void server_isQuick_everyCallIsSentWhenDueAndMeasuredOnce() {
    Result result = run(HUNDRED_A_SECOND, TEN_SECONDS);

    assertThat(server.sentNanos)
        .isEqualTo(LongStream.range(0, 1_000).mapToObj(call -> call * 10 * MILLI).toList());
    assertThat(result.calls()).isEqualTo(new Calls(1_000, 1_000, 0, 0));
    assertThat(result.millis(Series.RESPONSE, 100)).isCloseTo(1, within(0.01));
    assertThat(result.work().groups()).isEqualTo(1_000);
    assertThat(result.seconds()).isEqualTo(10);
    assertThat(result.keptUp()).isTrue();
    assertThat(result.problems()).isEmpty();
  }

  /** A closed loop would send one call into the stall and report one slow call of a thousand. */
  @Test
  void server_stalls_theCallsOfThatTimeAreSentAllTheSameAndWait() {
    server.stalls(2_000, 4_000);

    Result result = run(HUNDRED_A_SECOND, TEN_SECONDS);

    assertThat(server.sentNanos)
        .isEqualTo(LongStream.range(0, 1_000).mapToObj(call -> call * 10 * MILLI).toList());
    assertThat(result.count(Series.RESPONSE)).isEqualTo(1_000);
    assertThat(result.millis(Series.RESPONSE, 50)).isCloseTo(1, within(0.01));
    // 200 calls were due in the stall and waited for its rest, 1 s on average.
    assertThat(result.millis(Series.RESPONSE, 79)).isGreaterThan(1);
    assertThat(result.millis(Series.RESPONSE, 90)).isBetween(800.0, 1_300.0);
    assertThat(result.millis(Series.RESPONSE, 100)).isBetween(1_980.0, 2_010.0);
    assertThat(result.timeline().stream().filter(slice -> slice.maxMillis() > 100))
        .allSatisfy(slice -> assertThat(slice.atSeconds()).isBetween(1.9, 4.1))
        .hasSizeBetween(11, 13);
  }

  @Test
  void driver_isLate_responseHoldsTheLatenessAndTheRunIsInvalid() {
    server.sendingTakes(15);

    Result result = run(HUNDRED_A_SECOND, TEN_SECONDS);

    assertThat(result.millis(Series.SERVICE, 100)).isCloseTo(16, within(0.1));
    assertThat(result.millis(Series.RESPONSE, 100)).isGreaterThan(4_900);
    assertThat(result.millis(Series.LAG, 100)).isGreaterThan(4_900);
    assertThat(result.valid()).isFalse();
    assertThat(result.keptUp()).isFalse();
    assertThat(result.problems()).singleElement().asString().startsWith("the driver lagged: p99 ");
  }

  @Test
  void server_neverAnswers_callsBeyondTheMemoryAreCountedAsNotSent() {
    server.answersOnly(0);
    Workload workload = workload(1, Texts.FRESH);
    long bytes = workload.compute(new Slot(0, Slot.Kind.COMPUTE, 0, 0)).getSerializedSize();

    Result result = run(HUNDRED_A_SECOND, TEN_SECONDS, workload, 10 * bytes);

    assertThat(result.calls().due()).isEqualTo(1_000);
    assertThat(result.calls().notSent()).isBetween(985L, 995L);
    assertThat(result.calls().unanswered()).isEqualTo(1_000 - result.calls().notSent());
    assertThat(result.failures())
        .extracting(FailureCount::name)
        .containsExactly("NOT_SENT", "UNANSWERED");
    assertThat(result.problems())
        .containsExactly(
            result.calls().notSent() + " calls not sent, as the driver had no memory for them");
    assertThat(time.nanos()).isGreaterThan(1_000_000_000_000L + 70_000 * MILLI);
  }

  @Test
  void warmup_isSentAndNotMeasured() {
    Result result = run(HUNDRED_A_SECOND, new Window(Duration.ofSeconds(4), Duration.ofSeconds(6)));

    assertThat(server.sentNanos).hasSize(1_000);
    assertThat(result.calls().due()).isEqualTo(600);
    assertThat(result.usage().sent()).isEqualTo(1_000);
    assertThat(result.callsPerSecond()).isCloseTo(100, within(0.1));
  }

  @Test
  void steps_takeAsLongAsTheirLastCall() {
    Result result = run(new Steps(Duration.ofSeconds(2), 3, false), TEN_SECONDS);

    assertThat(result.count(Series.STEP)).isEqualTo(5);
    assertThat(result.millis(Series.STEP, 50)).isCloseTo(3, within(0.01));
    assertThat(result.millis(Series.RESPONSE, 1)).isCloseTo(1, within(0.01));
    assertThat(result.failedSteps()).isZero();
  }

  @Test
  void steps_ofWhichACallHasNoAnswer_areCountedApart() {
    server.answersOnly(13);

    Result result = run(new Steps(Duration.ofSeconds(2), 3, false), TEN_SECONDS);

    assertThat(result.count(Series.STEP)).isEqualTo(4);
    assertThat(result.failedSteps()).isOne();
    assertThat(result.calls().unanswered()).isEqualTo(2);
  }

  @Test
  void submissions_areMeasuredApart() {
    Result result = runSubmitted();

    assertThat(result.calls()).isEqualTo(new Calls(12, 12, 0, 0));
    assertThat(result.submissions()).isEqualTo(new Calls(12, 12, 0, 0));
    assertThat(result.count(Series.SUBMIT)).isEqualTo(12);
    assertThat(result.count(Series.RESPONSE)).isEqualTo(12);
    assertThat(result.work().embeddedTokens()).isEqualTo(36);
  }

  /** Rates are over the time that the work took, also where nobody waits for it. */
  @Test
  void submissions_answeredAfterTheWindow_countWithTheTimeTheyTook() {
    server.stalls(8_100, 20_000);

    Result result = runSubmitted();

    assertThat(result.submissions()).isEqualTo(new Calls(12, 12, 0, 0));
    assertThat(result.millis(Series.RESPONSE, 100)).isLessThan(10);
    assertThat(result.seconds()).isCloseTo(18, within(0.1));
    assertThat(result.keptUp()).isFalse();
  }

  @Test
  void interrupt_endsTheRunWithWhatWasMeasured() {
    server.onCall(
        () -> {
          if (server.sentNanos.size() == 100) {
            Thread.currentThread().interrupt();
          }
        });

    Result result = run(HUNDRED_A_SECOND, TEN_SECONDS);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(result.interrupted()).isTrue();
    assertThat(result.problems()).contains("interrupted");
    assertThat(result.calls()).isEqualTo(new Calls(100, 100, 0, 0));
    assertThat(result.callsPerSecond()).isCloseTo(100, within(1.0));
  }

  private Result runSubmitted() {
    return run(
        new Steps(Duration.ofSeconds(2), 3, true),
        new Window(Duration.ofSeconds(2), Duration.ofSeconds(8)),
        workload(3, Texts.SUBMITTED),
        Long.MAX_VALUE);
  }

  private Result run(Schedule schedule, Window window) {
    return run(schedule, window, workload(schedule.callsPerStep(), Texts.FRESH), Long.MAX_VALUE);
  }

  private Result run(Schedule schedule, Window window, Workload workload, long maxBytes) {
    Driver.Meter none =
        new Driver.Meter() {
          @Override
          public Duration processorTime() {
            return Duration.ZERO;
          }

          @Override
          public long attempts() {
            return server.sentNanos.size();
          }
        };
    return new Driver(time, workload, server, maxBytes, DEADLINE, none).run(schedule, window);
  }

  private static Workload workload(int callsPerStep, Texts texts) {
    return new Workload(
        new SyntheticGroups(2, Lengths.parse("5"), 1),
        callsPerStep,
        1,
        texts,
        ComputeAdvantagesRequest.getDefaultInstance());
  }
}
