// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.google.common.util.concurrent.ListenableFuture;
import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Callers with gRPC's own stubs, without retries; each takes the thread of who calls it. */
final class Callers {
  /** Far more than any call takes at 0.7 of what the server can do. */
  private static final int PATIENCE_SECONDS = 30;

  private final Channel channel;
  private final Tally tally;

  Callers(Channel channel, Tally tally) {
    this.channel = channel;
    this.tally = tally;
  }

  /** Asks and waits. */
  void normal(Question question) {
    ask(Scenario.NORMAL, question, 1_000 * PATIENCE_SECONDS, Set.of());
  }

  /** Gives the server less time than it may need. */
  void deadline(Question question, SplittableRandom random) {
    ask(
        Scenario.DEADLINE,
        question,
        1 + random.nextInt(100),
        Set.of(Status.Code.DEADLINE_EXCEEDED));
  }

  /** Changes its mind. */
  void cancel(Question question, SplittableRandom random) throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> call =
        AdvantageServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(PATIENCE_SECONDS, SECONDS)
            .computeAdvantages(question.request());
    try {
      tally.answered(Scenario.CANCEL, question, call.get(random.nextInt(100), MILLISECONDS));
    } catch (TimeoutException lateEnough) {
      call.cancel(true);
      tally.left(Scenario.CANCEL);
    } catch (ExecutionException failed) {
      tally.ended(Scenario.CANCEL, (StatusRuntimeException) failed.getCause(), Set.of());
    }
  }

  private void ask(
      Scenario scenario, Question question, long deadlineMillis, Set<Status.Code> allowed) {
    try {
      tally.answered(
          scenario,
          question,
          AdvantageServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(deadlineMillis, MILLISECONDS)
              .computeAdvantages(question.request()));
    } catch (StatusRuntimeException end) {
      tally.ended(scenario, end, allowed);
    }
  }
}
