// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.grpc.Context;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ContextSignalTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void remaining_noDeadline_forEver() {
    assertThat(new ContextSignal(Context.ROOT).remaining()).isEqualTo(CancellationSignal.FOREVER);
  }

  @Test
  void remaining_deadline_isCountedDown() {
    try (Context.CancellableContext context =
        Context.ROOT.withDeadlineAfter(1, TimeUnit.HOURS, timer)) {
      assertThat(new ContextSignal(context).remaining())
          .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }
  }

  @Test
  void isCancelled_callerGoes_becomesTrue() {
    Context.CancellableContext context = Context.ROOT.withCancellation();
    ContextSignal signal = new ContextSignal(context);

    assertThat(signal.isCancelled()).isFalse();
    context.cancel(null);
    assertThat(signal.isCancelled()).isTrue();
  }
}
