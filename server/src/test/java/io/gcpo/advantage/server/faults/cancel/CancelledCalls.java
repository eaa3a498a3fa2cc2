// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.cancel;

import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceFutureStub;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.grpc.Channel;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Calls of every kind that end before their time, and some between them that do not. */
final class CancelledCalls implements AutoCloseable {
  /** From before the headers to after the answer of most. */
  private static final double SHORTEST_LIFE_NANOS = 5e4;

  private static final double LONGEST_LIFE_NANOS = 4e8;
  private static final int QUESTIONS = 6;

  private final AdvantageServiceFutureStub stub;
  private final FaultReport report;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger tooLate = new AtomicInteger();

  /** How long an answer takes among all the others: a moving average. */
  private final AtomicLong usualNanos = new AtomicLong();

  private final List<ComputeAdvantagesRequest> questions = new ArrayList<>();
  private final List<List<GroupResult>> answers = new ArrayList<>();

  /** Asks what will be asked, alone. */
  CancelledCalls(Channel channel, FaultReport report) {
    this.stub = AdvantageServiceGrpc.newFutureStub(channel);
    this.report = report;
    Random random = new Random(1);
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(
          request(textGroup("a", random), textGroup("b", random)).toBuilder()
              .setRequestId("question-" + i)
              .build());
      answers.add(
          AdvantageServiceGrpc.newBlockingStub(channel)
              .computeAdvantages(questions.get(i))
              .getResultsList());
    }
  }

  /** Makes a call that goes at some time; {@code over} runs once it has ended. */
  void cancelled(Random random, Runnable over) {
    long nanos = life(random);
    boolean byDeadline = random.nextInt(4) == 0;
    ListenableFuture<?> call =
        start(byDeadline ? stub.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS) : stub, random);
    report.fault();
    Futures.addCallback(
        call,
        new Ending(over) {
          @Override
          void answered(Object answer) {
            tooLate.incrementAndGet();
            report.answered();
          }

          @Override
          boolean mayFailWith(Status.Code code) {
            return code == (byDeadline ? Status.Code.DEADLINE_EXCEEDED : Status.Code.CANCELLED);
          }
        },
        MoreExecutors.directExecutor());
    if (!byDeadline && nanos == 0) {
      call.cancel(true);
    } else if (!byDeadline) {
      Future<?> unused = timer.schedule(() -> call.cancel(true), nanos, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * None, any time of a wide range, or any time around that of an answer: within bounds, since
   * maths that lasts as long as its call makes answers late, and so calls longer, and so on.
   */
  private long life(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1, 2 ->
          (long)
              (SHORTEST_LIFE_NANOS
                  * Math.pow(LONGEST_LIFE_NANOS / SHORTEST_LIFE_NANOS, random.nextDouble()));
      default ->
          (long)
              (Math.min((double) usualNanos.get(), LONGEST_LIFE_NANOS) * 2 * random.nextDouble());
    };
  }

  /** Makes a call that waits for its answer, which is compared with the one it had alone. */
  void survivor(Random random, Runnable over) {
    int question = random.nextInt(QUESTIONS);
    long begin = System.nanoTime();
    Futures.addCallback(
        stub.withDeadlineAfter(60, TimeUnit.SECONDS).computeAdvantages(questions.get(question)),
        new Ending(over) {
          @Override
          void answered(Object answer) {
            long elapsed = System.nanoTime() - begin;
            usualNanos.updateAndGet(usual -> usual + (elapsed - usual) / 8);
            if (((ComputeAdvantagesResponse) answer)
                .getResultsList()
                .equals(answers.get(question))) {
              report.answered();
            } else {
              report.wrong();
            }
          }

          @Override
          boolean mayFailWith(Status.Code code) {
            return false;
          }
        },
        MoreExecutors.directExecutor());
  }

  /** How many ended before they could be cancelled. */
  int tooLate() {
    return tooLate.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private ListenableFuture<?> start(AdvantageServiceFutureStub caller, Random random) {
    return switch (random.nextInt(6)) {
      // A twin of whoever asks the same just then.
      case 0 -> caller.computeAdvantages(questions.get(random.nextInt(QUESTIONS)));
      case 1 ->
          caller.embedTexts(
              EmbedTextsRequest.newBuilder().addTexts(text(random)).addTexts(text(random)).build());
      case 2 ->
          caller.submitRollouts(
              SubmitRolloutsRequest.newBuilder()
                  .addTexts(text(random))
                  .addTexts(text(random))
                  .build());
      case 3 -> caller.computeAdvantages(longMaths(random));
      default -> caller.computeAdvantages(request(textGroup("a", random), textGroup("b", random)));
    };
  }

  private static RolloutGroup textGroup(String id, Random random) {
    return group(
        id,
        rollout(text(random), 1),
        rollout(text(random), 1),
        rollout(text(random), 0),
        rollout(text(random), 0.5));
  }

  private static String text(Random random) {
    return random
        .ints(1 + random.nextInt(60), 0, 2_000)
        .mapToObj(number -> Integer.toString(number, 36))
        .collect(Collectors.joining(" "));
  }

  /** Seconds of sampling, if nobody ended it. */
  private static ComputeAdvantagesRequest longMaths(Random random) {
    RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("long");
    for (int i = 0; i < 64; i++) {
      float[] values = new float[16];
      for (int k = 0; k < values.length; k++) {
        values[k] = (float) random.nextGaussian();
      }
      group.addRollouts(embedded(1, values));
    }
    return request(group.build()).toBuilder()
        .setConfig(AdvantageConfig.newBuilder().setErrorBudget(0).setMaxSamples(1 << 20))
        .build();
  }

  /** What becomes of a call. */
  private abstract class Ending implements FutureCallback<Object> {
    private final Runnable over;

    Ending(Runnable over) {
      this.over = over;
    }

    abstract void answered(Object answer);

    abstract boolean mayFailWith(Status.Code code);

    @Override
    public void onSuccess(Object answer) {
      answered(answer);
      over.run();
    }

    @Override
    public void onFailure(Throwable failure) {
      // A future that was cancelled fails with Java's own exception.
      Status.Code code =
          failure instanceof CancellationException
              ? Status.Code.CANCELLED
              : Status.fromThrowable(failure).getCode();
      if (mayFailWith(code)) {
        report.refused();
      } else {
        report.lost();
        report.figure("lost", failure);
      }
      over.run();
    }
  }
}
