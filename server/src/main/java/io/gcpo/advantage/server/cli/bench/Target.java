// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.concurrent.CompletableFuture;

/** Who is asked. Calls return at once; a future that succeeds has an answer that fits. */
public interface Target {
  /** The advantages of the request's groups. */
  CompletableFuture<ComputeAdvantagesResponse> compute(Slot slot, ComputeAdvantagesRequest request);

  /** Texts ahead of their rewards. */
  CompletableFuture<SubmitRolloutsResponse> submit(Slot slot, SubmitRolloutsRequest request);
}
