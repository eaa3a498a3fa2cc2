// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.util.Durations;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.OptionalLong;

/**
 * What became of the calls of one run that are due within its window; the others only warm up.
 * Thread-safe. A call that is due ends once: answered, failed, or not sent; what has not ended when
 * the {@link Result} is made counts as unanswered.
 */
final class Measurement {
  private final Window window;
  private final Schedule schedule;

  @GuardedBy("this")
  private final Latencies latencies = new Latencies();

  @GuardedBy("this")
  private final Timeline timeline;

  @GuardedBy("this")
  private final StepTracker steps;

  @GuardedBy("this")
  private final Failures failures = new Failures();

  @GuardedBy("this")
  private final Failures groupFailures = new Failures();

  @GuardedBy("this")
  private Work work = Work.NONE;

  @GuardedBy("this")
  private Calls calls = Calls.NONE;

  @GuardedBy("this")
  private Calls submissions = Calls.NONE;

  /** When the last measured call or submission ended, from the beginning of the window. */
  @GuardedBy("this")
  private long lastEndNanos;

  Measurement(Schedule schedule, Window window) {
    this.schedule = schedule;
    this.window = window;
    this.timeline = new Timeline(window);
    this.steps = new StepTracker(schedule.callsPerStep());
  }

  synchronized void due(Slot slot) {
    if (window.holds(slot)) {
      count(slot, 1, 0, 0, 0);
    }
  }

  synchronized void sent(Flight flight) {
    if (window.holds(flight.slot())) {
      latencies.record(Series.LAG, flight.lagNanos());
    }
  }

  synchronized void notSent(Flight flight, String why) {
    if (window.holds(flight.slot())) {
      count(flight.slot(), 0, 0, 0, 1);
      failures.add(Failures.NOT_SENT, why);
      endPart(flight, flight.sentNanos(), false);
    }
  }

  synchronized void failed(Flight flight, long nanos, Throwable failure) {
    if (window.holds(flight.slot())) {
      count(flight.slot(), 0, 0, 1, 0);
      failures.add(failure);
      endPart(flight, nanos, false);
    }
  }

  synchronized void answered(Flight flight, long nanos, ComputeAdvantagesResponse answer) {
    Slot slot = flight.slot();
    if (!window.holds(slot)) {
      return;
    }
    count(slot, 0, 1, 0, 0);
    latencies.record(Series.RESPONSE, nanos - flight.dueNanos());
    latencies.record(Series.SERVICE, nanos - flight.sentNanos());
    latencies.record(
        Series.SERVER_EMBEDDING, Durations.toNanos(answer.getTiming().getEmbeddingDuration()));
    latencies.record(
        Series.SERVER_ADVANTAGES, Durations.toNanos(answer.getTiming().getAdvantageDuration()));
    timeline.record(slot, nanos - flight.dueNanos());
    work = work.plus(answer);
    for (GroupResult result : answer.getResultsList()) {
      if (result.hasError()) {
        groupFailures.add(result.getError());
      }
    }
    endPart(flight, nanos, true);
  }

  synchronized void submitted(Flight flight, long nanos, SubmitRolloutsResponse answer) {
    if (window.holds(flight.slot())) {
      count(flight.slot(), 0, 1, 0, 0);
      latencies.record(Series.SUBMIT, nanos - flight.dueNanos());
      work = work.plus(answer);
      endPart(flight, nanos, true);
    }
  }

  /**
   * What was measured so far.
   *
   * @param usage of the driver over the whole run
   * @param interrupted whether somebody ended the run before its time
   */
  synchronized Result result(DriverUsage usage, boolean interrupted) {
    long unanswered = calls.unanswered() + submissions.unanswered();
    if (unanswered > 0) {
      failures.add(Failures.UNANSWERED, unanswered, "no answer when the driver stopped waiting");
    }
    return new Result(
        schedule,
        window,
        calls,
        submissions,
        steps.failed(),
        work,
        latencies.copy(),
        timeline.slices(),
        failures.counts(),
        groupFailures.counts(),
        seconds(usage, interrupted),
        usage,
        interrupted);
  }

  /** What was measured so far is all there is of an interrupted run. */
  @GuardedBy("this")
  private double seconds(DriverUsage usage, boolean interrupted) {
    long whole =
        interrupted
            ? Math.max(1, usage.elapsed().toNanos() - window.beginNanos())
            : window.duration().toNanos();
    return Math.max(lastEndNanos, whole) / 1e9;
  }

  @GuardedBy("this")
  private void count(Slot slot, int due, int answered, int failed, int notSent) {
    if (slot.kind() == Slot.Kind.COMPUTE) {
      calls = calls.plus(due, answered, failed, notSent);
    } else {
      submissions = submissions.plus(due, answered, failed, notSent);
    }
  }

  @GuardedBy("this")
  private void endPart(Flight flight, long nanos, boolean answered) {
    Slot slot = flight.slot();
    long responseNanos = nanos - flight.dueNanos();
    lastEndNanos = Math.max(lastEndNanos, slot.atNanos() - window.beginNanos() + responseNanos);
    if (slot.kind() == Slot.Kind.SUBMIT) {
      return;
    }
    OptionalLong step = steps.ended(slot, responseNanos, answered);
    if (step.isPresent() && schedule.callsPerStep() > 1) {
      latencies.record(Series.STEP, step.getAsLong());
    }
  }
}
