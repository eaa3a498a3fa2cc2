// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.Limits;
import io.grpc.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Embeds texts, in as many requests as the server's limits ask for. Thread-safe.
 *
 * @param width requests of one call in flight at most
 */
record EmbedCalls(UnaryCaller caller, ServerInfoCache info, int width) {
  CompletableFuture<EmbedTextsResponse> embed(EmbedTextsRequest given, Deadline deadline) {
    EmbedTextsRequest request = RequestIds.fill(given);
    Pending<EmbedTextsResponse> answer = info.pending();
    answer.then(
        info.get(deadline),
        server ->
            answer.then(
                new EmbedRounds(
                        caller, width, request, ranges(request, server.getLimits()), deadline)
                    .start(),
                answer::complete));
    return answer.future();
  }

  /** At least one: a request without texts is the server's to refuse. */
  private static List<Split.Range> ranges(EmbedTextsRequest request, Limits limits) {
    List<Split.Range> ranges =
        Split.ranges(
            i -> "texts[" + i + "]",
            request.getTextsCount(),
            i -> request.getTextsBytes(i).size(),
            limits.getMaxTextsPerRequest(),
            limits.getMaxMessageBytes(),
            request.toBuilder().clearTexts().build().getSerializedSize());
    return ranges.isEmpty() ? List.of(new Split.Range(0, 0)) : ranges;
  }
}
