// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.grpc.Deadline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One call in rounds: the parts that another server worked out than the rest are asked for again.
 * Used once; rounds follow one another.
 */
final class EmbedRounds {
  private final UnaryCaller caller;
  private final int width;
  private final EmbedTextsRequest request;
  private final List<Split.Range> ranges;
  private final Deadline deadline;
  private final Pending<EmbedTextsResponse> answer = new Pending<>();
  private final WantedSource wanted = new WantedSource();

  /** The newest answer to each range. */
  private final Map<Integer, EmbedTextsResponse> answers = new ConcurrentSkipListMap<>();

  private int rounds;

  /** Starts nothing yet; there is at least one range. */
  EmbedRounds(
      UnaryCaller caller,
      int width,
      EmbedTextsRequest request,
      List<Split.Range> ranges,
      Deadline deadline) {
    this.caller = caller;
    this.width = width;
    this.request = request;
    this.ranges = ranges;
    this.deadline = deadline;
  }

  CompletableFuture<EmbedTextsResponse> start() {
    send(IntStream.range(0, ranges.size()).boxed().toList(), answer::fail);
    return answer.future();
  }

  private void send(List<Integer> places, Consumer<Throwable> failed) {
    answer.then(
        SideBySide.all(places, width, this::sendPart),
        replies -> {
          IntStream.range(0, places.size())
              .forEach(i -> answers.put(places.get(i), replies.get(i)));
          settle(replies);
        },
        failed);
  }

  private CompletableFuture<EmbedTextsResponse> sendPart(int place) {
    Split.Range range = ranges.get(place);
    EmbedTextsRequest part = part(range);
    Pending<EmbedTextsResponse> reply = new Pending<>();
    reply.then(
        caller.call(
            AdvantageServiceGrpc.getEmbedTextsMethod(),
            part,
            deadline,
            checked -> AnswerCheck.checked(part, checked)),
        reply::complete,
        failure -> reply.fail(FieldPaths.moved(failure, i -> i + range.first())));
    return reply.future();
  }

  private EmbedTextsRequest part(Split.Range range) {
    if (range.size() == request.getTextsCount()) {
      return request;
    }
    String part = "from-" + range.first();
    return request.toBuilder()
        .setRequestId(
            RequestIds.part(
                request.getRequestId(), rounds == 0 ? part : "again-" + rounds + "." + part))
        .clearTexts()
        .addAllTexts(request.getTextsList().subList(range.first(), range.end()))
        .build();
  }

  private void settle(List<EmbedTextsResponse> replies) {
    wanted.came(replies.stream().map(EmbedRounds::source).toList());
    List<Integer> others =
        wanted.others(
            answers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> source(each.getValue()))));
    if (others.isEmpty()) {
      complete();
    } else {
      rounds++;
      // Without them, that the parts do not fit together says more than why.
      send(others, failure -> complete());
    }
  }

  private void complete() {
    answer.complete(Joined.ofRows(request.getRequestId(), List.copyOf(answers.values())));
  }

  private static Source source(EmbedTextsResponse answer) {
    return Source.of(answer.getModel(), answer.getOrigin());
  }
}
