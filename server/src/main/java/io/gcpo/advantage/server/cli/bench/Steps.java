// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.time.Duration;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whole training steps: all calls of a step at one instant, a step every {@code interval}.
 *
 * <p>With {@code submitted}, the texts of a step are submitted ahead, call by call, evenly over the
 * first four fifths of the interval before it, as rollouts finish while others still generate; the
 * first step is then due after one interval.
 *
 * @param interval from one step to the next
 * @param callsPerStep calls that a step is made of, at least 1
 */
public record Steps(Duration interval, int callsPerStep, boolean submitted) implements Schedule {
  private static final double SUBMITTED_WITHIN = 0.8;

  /** Refuses what is no step. */
  public Steps {
    Expected.positive("step-every", interval.toNanos() / 1e9);
    Expected.that(callsPerStep >= 1, "callsPerStep", callsPerStep, ">= 1");
  }

  @Override
  public Iterator<Slot> slots() {
    return LongStream.iterate(0, step -> step + 1).boxed().flatMap(this::interval).iterator();
  }

  @Override
  public double callsPerSecond() {
    return callsPerStep * 1e9 / interval.toNanos();
  }

  /** What is due from the beginning of interval number {@code number} to its end. */
  private Stream<Slot> interval(long number) {
    long begin = Math.multiplyExact(number, interval.toNanos());
    long step = submitted ? number - 1 : number;
    Stream<Slot> burst =
        IntStream.range(0, step < 0 ? 0 : callsPerStep)
            .mapToObj(part -> new Slot(begin, Slot.Kind.COMPUTE, step, part));
    Stream<Slot> ahead =
        IntStream.range(0, submitted ? callsPerStep : 0)
            .mapToObj(part -> new Slot(begin + offset(part), Slot.Kind.SUBMIT, number, part));
    return Stream.concat(burst, ahead);
  }

  private long offset(int part) {
    return Math.round(SUBMITTED_WITHIN * interval.toNanos() * part / callsPerStep);
  }
}
