// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.grpc.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Computes advantages, in as many requests as the server's limits ask for. Thread-safe.
 *
 * @param width requests of one call in flight at most
 */
record ComputeCalls(UnaryCaller caller, ServerInfoCache info, int width) {
  CompletableFuture<ComputeAdvantagesResponse> compute(
      ComputeAdvantagesRequest request, Deadline deadline) {
    ComputePart call = ComputePart.whole(RequestIds.fill(request));
    Pending<ComputeAdvantagesResponse> answer = info.pending();
    answer.then(
        info.get(deadline), server -> answer.then(send(call, server, deadline), answer::complete));
    return answer.future();
  }

  /** With hashes in place of texts first, and again with the texts that the server lacks. */
  CompletableFuture<ComputeAdvantagesResponse> computePrefetched(
      ComputeAdvantagesRequest request, Deadline deadline) {
    ComputePart texts = ComputePart.whole(RequestIds.fill(request));
    ComputePart hashes = texts.with(Prefetched.withHashes(texts.request()));
    Pending<ComputeAdvantagesResponse> answer = info.pending();
    answer.then(
        info.get(deadline),
        server ->
            answer.then(
                send(hashes, server, deadline),
                reply -> {
                  List<Integer> again = again(texts.request(), reply, server);
                  if (again.isEmpty()) {
                    answer.complete(reply);
                    return;
                  }
                  answer.then(
                      send(texts.select(again).withId("texts"), server, deadline),
                      second -> answer.complete(Joined.replaced(reply, again, second)));
                }));
    return answer.future();
  }

  /**
   * The places of the groups to be sent again with their texts: those that lack one, or all where
   * an estimator looks at all; the texts that the server has cost it nothing.
   */
  private static List<Integer> again(
      ComputeAdvantagesRequest request,
      ComputeAdvantagesResponse reply,
      GetServerInfoResponse server) {
    List<Integer> lacking = Prefetched.lacking(reply);
    return lacking.isEmpty() || BatchLevel.of(request, server).isEmpty()
        ? lacking
        : IntStream.range(0, request.getGroupsCount()).boxed().toList();
  }

  private CompletableFuture<ComputeAdvantagesResponse> send(
      ComputePart call, GetServerInfoResponse server, Deadline deadline) {
    Pending<ComputeAdvantagesResponse> answer = new Pending<>();
    answer.then(
        SideBySide.all(ComputeSplit.parts(call, server), width, part -> sendPart(part, deadline)),
        answers -> answer.complete(Joined.of(call.request().getRequestId(), answers)));
    return answer.future();
  }

  private CompletableFuture<ComputeAdvantagesResponse> sendPart(
      ComputePart part, Deadline deadline) {
    Pending<ComputeAdvantagesResponse> answer = new Pending<>();
    answer.then(
        caller.call(
            AdvantageServiceGrpc.getComputeAdvantagesMethod(),
            part.request(),
            deadline,
            reply -> AnswerCheck.checked(part, reply)),
        reply -> answer.complete(part.whole() ? reply : Joined.moved(part, reply)),
        failure -> answer.fail(part.whole() ? failure : FieldPaths.moved(failure, part::position)));
    return answer.future();
  }
}
