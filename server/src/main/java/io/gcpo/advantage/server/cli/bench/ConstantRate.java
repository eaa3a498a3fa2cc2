// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.Iterator;
import java.util.stream.LongStream;

/** A call every 1 / {@code callsPerSecond} seconds. */
public record ConstantRate(double callsPerSecond) implements Schedule {
  /** Refuses a rate that is no rate. */
  public ConstantRate {
    Expected.positive("rate", callsPerSecond);
  }

  @Override
  public Iterator<Slot> slots() {
    return LongStream.iterate(0, call -> call + 1)
        .mapToObj(
            call -> new Slot(Math.round(call * 1e9 / callsPerSecond), Slot.Kind.COMPUTE, call, 0))
        .iterator();
  }

  @Override
  public int callsPerStep() {
    return 1;
  }
}
