// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Sends calls when they are due, whatever the answers do (an open loop): a server that stalls gets
 * the calls of that time all the same, and each waits from the instant it was due. A closed loop
 * would send fewer just then and hide the stall.
 *
 * <p>Requests are made ahead on the thread of {@link #run}, in the time between two sends, so that
 * making them delays none. What is made and not answered is bounded in bytes; beyond that a call is
 * counted as not sent, which makes the run invalid. One thread's.
 */
public final class Driver {
  /** Not begun so shortly before a call is due: making a request takes some milliseconds. */
  private static final long GUARD_NANOS = Duration.ofMillis(20).toNanos();

  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Time time;
  private final Workload workload;
  private final Target target;
  private final long maxBytes;
  private final Duration deadline;
  private final Meter meter;
  private final AtomicLong bytesInFlight = new AtomicLong();
  private final AtomicLong inFlight = new AtomicLong();

  /**
   * Over a target.
   *
   * @param maxBytes of requests that wait for their instant or their answer
   * @param deadline after which every call has ended
   * @param meter of what the driver itself takes
   */
  public Driver(
      Time time, Workload workload, Target target, long maxBytes, Duration deadline, Meter meter) {
    this.time = time;
    this.workload = workload;
    this.target = target;
    this.maxBytes = maxBytes;
    this.deadline = deadline;
    this.meter = meter;
  }

  /** What only the outside knows of the driver. */
  public interface Meter {
    /** Processor time of the process so far. */
    Duration processorTime();

    /** Attempts over the wire so far. */
    long attempts();
  }

  /** Runs a schedule to the end of the window and waits for the answers; an interrupt ends it. */
  public Result run(Schedule schedule, Window window) {
    Measurement measurement = new Measurement(schedule, window);
    Prepared prepared = new Prepared(workload, schedule.slots(), window.endNanos(), maxBytes / 2);
    prepared.fill();
    Duration processorTime = meter.processorTime();
    long attempts = meter.attempts();
    long start = time.nanos();
    long sent = 0;
    boolean interrupted = false;
    try {
      for (Prepared.Call next = prepared.next(); next != null; next = prepared.next()) {
        long due = start + next.slot().atNanos();
        while (prepared.hasRoom() && time.nanos() < due - GUARD_NANOS) {
          prepared.makeOne();
        }
        time.awaitUntil(due);
        measurement.due(next.slot());
        send(measurement, new Flight(next.slot(), due, time.nanos()), next);
        sent += next.slot().kind() == Slot.Kind.COMPUTE ? 1 : 0;
      }
      awaitAnswers();
    } catch (InterruptedException stopped) {
      interrupted = true;
    }
    DriverUsage usage =
        new DriverUsage(
            sent,
            meter.attempts() - attempts,
            meter.processorTime().minus(processorTime),
            Duration.ofNanos(time.nanos() - start));
    return measurement.result(usage, interrupted);
  }

  private void send(Measurement measurement, Flight flight, Prepared.Call call) {
    if (bytesInFlight.get() + call.bytes() > maxBytes) {
      measurement.notSent(flight, "over %d bytes of requests in flight".formatted(maxBytes));
      return;
    }
    measurement.sent(flight);
    if (call.request() instanceof ComputeAdvantagesRequest request) {
      track(
          measurement,
          flight,
          call.bytes(),
          target.compute(flight.slot(), request),
          (nanos, answer) -> measurement.answered(flight, nanos, answer));
    } else if (call.request() instanceof SubmitRolloutsRequest request) {
      track(
          measurement,
          flight,
          call.bytes(),
          target.submit(flight.slot(), request),
          (nanos, answer) -> measurement.submitted(flight, nanos, answer));
    }
  }

  private <A> void track(
      Measurement measurement,
      Flight flight,
      int bytes,
      CompletableFuture<A> answer,
      BiConsumer<Long, A> onAnswer) {
    bytesInFlight.addAndGet(bytes);
    inFlight.incrementAndGet();
    CompletableFuture<?> unused =
        answer.whenComplete(
            (value, failure) -> {
              long nanos = time.nanos();
              if (failure == null) {
                onAnswer.accept(nanos, value);
              } else {
                measurement.failed(flight, nanos, failure);
              }
              bytesInFlight.addAndGet(-bytes);
              inFlight.decrementAndGet();
            });
  }

  private void awaitAnswers() throws InterruptedException {
    long giveUp = time.nanos() + deadline.plus(GRACE).toNanos();
    while (inFlight.get() > 0 && time.nanos() < giveUp) {
      time.awaitUntil(time.nanos() + POLL_NANOS);
    }
  }
}
