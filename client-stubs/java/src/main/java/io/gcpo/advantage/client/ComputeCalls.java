// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Computes advantages, in as many requests as the server's limits ask for. Thread-safe.
 *
 * @param width requests of one call in flight at most
 */
record ComputeCalls(UnaryCaller caller, ServerInfoCache info, int width) {
  CompletableFuture<ComputeAdvantagesResponse> compute(
      ComputeAdvantagesRequest request, Deadline deadline) {
    return started(request, deadline, ComputeRounds::start);
  }

  /** With hashes in place of texts first, and again with the texts that the server lacks. */
  CompletableFuture<ComputeAdvantagesResponse> computePrefetched(
      ComputeAdvantagesRequest request, Deadline deadline) {
    return started(request, deadline, ComputeRounds::startWithHashes);
  }

  private CompletableFuture<ComputeAdvantagesResponse> started(
      ComputeAdvantagesRequest request,
      Deadline deadline,
      Function<ComputeRounds, CompletableFuture<ComputeAdvantagesResponse>> start) {
    ComputePart call = ComputePart.whole(RequestIds.fill(request));
    Pending<ComputeAdvantagesResponse> answer = info.pending();
    Context context = Context.current();
    answer.then(
        info.get(deadline),
        server ->
            answer.then(
                start.apply(new ComputeRounds(caller, width, call, server, deadline, context)),
                answer::complete));
    return answer.future();
  }
}
