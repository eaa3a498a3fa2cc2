// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * One call in rounds: what failed for the moment is sent again, and so is what another server
 * worked out than the rest. Used once; rounds follow one another.
 */
final class ComputeRounds {
  private final UnaryCaller caller;
  private final int width;
  private final ComputePart call;
  private final GetServerInfoResponse server;
  private final Deadline deadline;
  private final Context context;
  private final Pending<ComputeAdvantagesResponse> answer = new Pending<>();
  private final WantedSource wanted = new WantedSource();
  private final GroupAnswers answers;
  private int rounds;
  private int failures;

  /**
   * Starts nothing yet.
   *
   * @param call the whole, with its texts
   * @param width how many requests are in flight at most
   * @param context the caller's, for repeats too
   */
  ComputeRounds(
      UnaryCaller caller,
      int width,
      ComputePart call,
      GetServerInfoResponse server,
      Deadline deadline,
      Context context) {
    this.caller = caller;
    this.width = width;
    this.call = call;
    this.server = server;
    this.deadline = deadline;
    this.context = context;
    this.answers = new GroupAnswers(call.request().getGroupsCount());
  }

  CompletableFuture<ComputeAdvantagesResponse> start() {
    send(call, this::settle);
    return answer.future();
  }

  /** With hashes in place of texts first, and again with the texts that the server lacks. */
  CompletableFuture<ComputeAdvantagesResponse> startWithHashes() {
    send(
        call.with(Prefetched.withHashes(call.request())),
        all -> {
          List<Integer> lacking = Prefetched.lacking(answers.results());
          if (lacking.isEmpty()) {
            settle(all);
          } else {
            send(again(lacking, "texts"), unused -> settle(all));
          }
        });
    return answer.future();
  }

  /** Asks for {@code part}, in as many requests as it takes; then goes on with its places. */
  private void send(ComputePart part, Consumer<List<Integer>> next) {
    send(part, next, answer::fail);
  }

  private void send(ComputePart part, Consumer<List<Integer>> next, Consumer<Throwable> failed) {
    List<ComputePart> parts = ComputeSplit.parts(part, server);
    answer.then(
        SideBySide.all(parts, width, this::sendPart),
        replies -> {
          IntStream.range(0, parts.size())
              .forEach(i -> answers.put(parts.get(i).positions(), replies.get(i)));
          next.accept(part.positions());
        },
        failed);
  }

  private CompletableFuture<ComputeAdvantagesResponse> sendPart(ComputePart part) {
    Pending<ComputeAdvantagesResponse> reply = new Pending<>();
    reply.then(
        caller.call(
            AdvantageServiceGrpc.getComputeAdvantagesMethod(),
            part.request(),
            deadline,
            checked -> AnswerCheck.checked(part, checked)),
        checked -> reply.complete(part.whole() ? checked : Joined.moved(part, checked)),
        failure -> reply.fail(part.whole() ? failure : FieldPaths.moved(failure, part::position)));
    return reply.future();
  }

  /** After a round that asked for some places: the next one, or the end. */
  private void settle(List<Integer> asked) {
    wanted.came(answers.sources(asked));
    List<Integer> failed = answers.momentary();
    OptionalLong wait = failed.isEmpty() ? OptionalLong.empty() : waitNanos(failed);
    if (wait.isPresent()) {
      Runnable callOff =
          caller
              .retryTimer()
              .schedule(wait.getAsLong(), () -> context.run(() -> repeatFromTimer(failed)));
      CompletableFuture<?> unused = answer.future().whenComplete((reply, end) -> callOff.run());
      return;
    }
    List<Integer> others = wanted.others(answers.sources());
    if (others.isEmpty()) {
      answer.complete(answers.joined(call.request().getRequestId()));
    } else {
      context.run(() -> repeat(others));
    }
  }

  private OptionalLong waitNanos(List<Integer> failed) {
    if (context.isCancelled() || caller.connections().isClosed()) {
      return OptionalLong.empty();
    }
    failures++;
    List<GroupResult> results = answers.results();
    OptionalLong wait =
        LostGroups.waitNanos(caller.rules(), failed.stream().map(results::get).toList(), failures);
    return wait.isPresent() && wait.getAsLong() < deadline.timeRemaining(TimeUnit.NANOSECONDS)
        ? wait
        : OptionalLong.empty();
  }

  private void repeatFromTimer(List<Integer> places) {
    try {
      repeat(places);
    } catch (RuntimeException | Error broken) {
      // On the timer nobody else would hear of it.
      answer.fail(broken);
    }
  }

  private void repeat(List<Integer> places) {
    if (answer.isDone()) {
      return;
    }
    rounds++;
    send(again(places, "again-" + rounds), this::settle, this::failed);
  }

  /** Where a repeat fails what there is stands: good groups, and why the others failed first. */
  private void failed(Throwable failure) {
    if (failure instanceof StatusRuntimeException) {
      answer.complete(answers.joined(call.request().getRequestId()));
    } else {
      answer.fail(failure);
    }
  }

  /**
   * Some groups with their texts; all of them where some are normalised together, since each of
   * these depends on the others. But for those that the model was lost on too often: a group that
   * failed has no part in that.
   */
  private ComputePart again(List<Integer> places, String id) {
    boolean together =
        answers.normalisedTogether() || BatchLevel.of(call.request(), server).isPresent();
    return call.select(together ? answers.allowed() : places).withId(id);
  }
}
