// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import java.time.Duration;

/** Toxics with figures that a call outlives, or does not; those that end one do so at a byte. */
enum NetworkFault {
  LATENCY,
  BANDWIDTH,
  SLICER,
  SLOW_CLOSE,
  TIMEOUT,
  RESET_PEER,
  LIMIT_DATA;

  /** Strikes after {@code at} bytes of its direction, or all the time. */
  Toxic.Kind at(long at) {
    return switch (this) {
      case LATENCY -> Toxic.latency(Duration.ofMillis(50), Duration.ofMillis(50));
      case BANDWIDTH -> Toxic.bandwidth(2_000_000);
      case SLICER -> Toxic.slicer(1_000, Duration.ofMillis(1));
      case SLOW_CLOSE -> Toxic.slowClose(Duration.ofMillis(200));
      case TIMEOUT -> Toxic.timeout(at);
      case RESET_PEER -> Toxic.resetPeer(at);
      case LIMIT_DATA -> Toxic.limitData(at);
    };
  }
}
