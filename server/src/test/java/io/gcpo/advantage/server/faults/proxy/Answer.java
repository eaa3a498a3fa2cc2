// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The answer of a plain stub as a future. */
record Answer(CompletableFuture<ComputeAdvantagesResponse> future)
    implements StreamObserver<ComputeAdvantagesResponse> {
  @Override
  public void onNext(ComputeAdvantagesResponse answer) {
    future.complete(answer);
  }

  @Override
  public void onError(Throwable failure) {
    future.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {}
}
