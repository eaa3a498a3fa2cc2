// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import java.time.Duration;
import java.util.function.LongFunction;

/** Toxics with figures that a call outlives, or does not; those that end one do so at a byte. */
enum NetworkFault {
  LATENCY(at -> Toxic.latency(Duration.ofMillis(50), Duration.ofMillis(50))),
  BANDWIDTH(at -> Toxic.bandwidth(2_000_000)),
  SLICER(at -> Toxic.slicer(1_000, Duration.ofMillis(1))),
  SLOW_CLOSE(at -> Toxic.slowClose(Duration.ofMillis(200))),
  TIMEOUT(Toxic::timeout),
  RESET_PEER(Toxic::resetPeer),
  LIMIT_DATA(Toxic::limitData);

  private final LongFunction<Toxic.Kind> kind;

  NetworkFault(LongFunction<Toxic.Kind> kind) {
    this.kind = kind;
  }

  /** Strikes after {@code at} bytes of its direction, or all the time. */
  Toxic.Kind at(long at) {
    return kind.apply(at);
  }
}
