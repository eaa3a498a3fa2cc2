// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import jakarta.inject.Inject;
import java.util.Optional;

/**
 * On whose behalf a thread measures something just now: the trace that an exemplar names. Set for
 * the length of a measurement only, and only for traces that are kept. Thread-safe.
 */
public final class CurrentTrace {
  @SuppressWarnings("ThreadLocalUsage") // one a server, as two of them may run in one process
  private final ThreadLocal<Ids> current = new ThreadLocal<>();

  @Inject
  CurrentTrace() {}

  /** Of this thread. */
  public Optional<Ids> ids() {
    return Optional.ofNullable(current.get());
  }

  void during(Ids ids, Runnable measurement) {
    Ids outer = current.get();
    current.set(ids);
    try {
      measurement.run();
    } finally {
      if (outer == null) {
        current.remove();
      } else {
        current.set(outer);
      }
    }
  }

  /** A span, in W3C's hexadecimal. */
  public record Ids(String traceId, String spanId) {}
}
