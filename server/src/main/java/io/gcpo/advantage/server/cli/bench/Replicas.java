// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Servers that take calls in turn, through the Java client, which checks each answer against its
 * question. What was submitted to one is computed by it.
 *
 * @param clients one a server, at least one
 * @param byHash whether texts that were submitted are computed by their hashes
 */
public record Replicas(List<AdvantageClient> clients, boolean byHash) implements Target {
  /** Refuses none. */
  public Replicas {
    clients = List.copyOf(clients);
    Expected.that(!clients.isEmpty(), "clients", 0, ">= 1");
  }

  @Override
  public CompletableFuture<ComputeAdvantagesResponse> compute(
      Slot slot, ComputeAdvantagesRequest request) {
    AdvantageClient client = client(slot);
    return byHash ? client.computePrefetched(request) : client.computeAsync(request);
  }

  @Override
  public CompletableFuture<SubmitRolloutsResponse> submit(
      Slot slot, SubmitRolloutsRequest request) {
    return client(slot).submit(request);
  }

  private AdvantageClient client(Slot slot) {
    return clients.get((int) ((slot.step() + slot.part()) % clients.size()));
  }
}
