// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ErrorStatusMapperTest {
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  @Test
  void cancellation_ofACallWhoseTimeIsUp_isTheDeadline() {
    assertThat(codeWithDeadlineIn(-1)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void cancellation_ofACallWithTimeLeft_isTheCallers() {
    assertThat(codeWithDeadlineIn(60)).isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void cancellation_ofACallWithoutADeadline_isTheCallers() {
    assertThat(code(Context.ROOT)).isEqualTo(Status.Code.CANCELLED);
  }

  private Status.Code codeWithDeadlineIn(long seconds) {
    Deadline deadline = Deadline.after(seconds, TimeUnit.SECONDS);
    try (Context.CancellableContext context = Context.ROOT.withDeadline(deadline, timer)) {
      return code(context);
    } finally {
      timer.shutdownNow();
    }
  }

  private static Status.Code code(Context context) {
    Throwable failure = new CompletionException(new CancellationException());
    return ErrorStatusMapper.toException(failure, context).getStatus().getCode();
  }
}
