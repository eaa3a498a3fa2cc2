// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import io.gcpo.advantage.server.embedding.CallTimeline;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import java.time.Duration;
import java.util.concurrent.Future;

/** Ends with the caller's own, and when the answer is cancelled. */
record CallSignal(CancellationSignal signal, Future<?> answer) implements CancellationSignal {
  @Override
  public boolean isCancelled() {
    return signal.isCancelled() || answer.isCancelled();
  }

  @Override
  public Duration remaining() {
    return signal.remaining();
  }

  @Override
  public CallTimeline timeline() {
    return signal.timeline();
  }
}
