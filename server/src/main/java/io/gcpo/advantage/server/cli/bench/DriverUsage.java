// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.time.Duration;

/**
 * What the driver itself took over a whole run, warm-up and waiting for the last answers included.
 *
 * @param sent ComputeAdvantages calls
 * @param attempts what went over the wire for them, repetitions and parts included
 * @param processorTime of its process
 * @param elapsed time
 */
public record DriverUsage(long sent, long attempts, Duration processorTime, Duration elapsed) {
  /** Processors that the driver kept busy on average. */
  public double processors() {
    return elapsed.isZero() ? 0 : (double) processorTime.toNanos() / elapsed.toNanos();
  }
}
