// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageStream;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Sends the groups of a request on a stream of their own and puts the results together. */
public final class StreamAsking implements Load.Asking {
  private final AdvantageClient client;

  public StreamAsking(AdvantageClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<ComputeAdvantagesResponse> apply(ComputeAdvantagesRequest request) {
    List<CompletableFuture<GroupResult>> results = new ArrayList<>();
    try (AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance())) {
      for (RolloutGroup group : request.getGroupsList()) {
        results.add(stream.send(group));
      }
    }
    return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                ComputeAdvantagesResponse.newBuilder()
                    .addAllResults(results.stream().map(CompletableFuture::join).toList())
                    .build());
  }
}
