// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.Iterator;
import java.util.SplittableRandom;

/**
 * Calls that know nothing of each other: the gaps are drawn from the exponential distribution of
 * mean 1 / {@code callsPerSecond}.
 *
 * @param seed the same gaps for the same seed
 */
public record PoissonRate(double callsPerSecond, long seed) implements Schedule {
  /** Refuses a rate that is no rate. */
  public PoissonRate {
    Expected.positive("rate", callsPerSecond);
  }

  @Override
  public Iterator<Slot> slots() {
    return new Iterator<>() {
      private final SplittableRandom random = new SplittableRandom(seed);
      private double nanos;
      private long call;

      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Slot next() {
        nanos += random.nextExponential() * 1e9 / callsPerSecond;
        return new Slot(Math.round(nanos), Slot.Kind.COMPUTE, call++, 0);
      }
    };
  }

  @Override
  public int callsPerStep() {
    return 1;
  }
}
