// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.twins;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends when the last of several callers has gone, and lasts as long as the most patient of them;
 * its time is noted where that of the first is. Thread-safe.
 */
final class JoinedSignal implements CancellationSignal {
  private final CallTimeline timeline;

  @GuardedBy("this")
  private final List<CancellationSignal> callers = new ArrayList<>();

  /** Once true it stays so: whoever comes then is too late. */
  @GuardedBy("this")
  private boolean cancelled;

  JoinedSignal(CancellationSignal first) {
    this.timeline = first.timeline();
    callers.add(first);
  }

  /** One more caller; false if all others had gone before it came. */
  synchronized boolean join(CancellationSignal caller) {
    return !isCancelled() && callers.add(caller);
  }

  @Override
  public synchronized boolean isCancelled() {
    if (!cancelled) {
      callers.removeIf(
          caller -> caller.isCancelled() || caller.remaining().compareTo(Duration.ZERO) <= 0);
      cancelled = callers.isEmpty();
    }
    return cancelled;
  }

  @Override
  public synchronized Duration remaining() {
    return callers.stream()
        .map(CancellationSignal::remaining)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  @Override
  public CallTimeline timeline() {
    return timeline;
  }
}
