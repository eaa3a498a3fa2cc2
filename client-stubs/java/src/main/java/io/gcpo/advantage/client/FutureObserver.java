// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** The future of one unary call; cancelling the future cancels the call. Used by one call only. */
final class FutureObserver<Q, A> implements ClientResponseObserver<Q, A> {
  private final CompletableFuture<A> future = new CompletableFuture<>();
  private final UnaryOperator<A> check;

  /** The check returns the answer or throws; what it throws fails the future. */
  FutureObserver(UnaryOperator<A> check) {
    this.check = check;
  }

  CompletableFuture<A> future() {
    return future;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> call) {
    // Only then: a call that has failed may still be about to send, which a cancelled one must not.
    CompletableFuture<A> unused =
        future.whenComplete(
            (answer, failure) -> {
              if (future.isCancelled()) {
                call.cancel("the caller gave up", failure);
              }
            });
  }

  @Override
  public void onNext(A answer) {
    try {
      future.complete(check.apply(answer));
    } catch (RuntimeException | Error refused) {
      future.completeExceptionally(refused);
    }
  }

  @Override
  public void onError(Throwable failure) {
    future.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    if (!future.isDone()) {
      future.completeExceptionally(
          Status.INTERNAL.withDescription("the call ended without an answer").asRuntimeException());
    }
  }
}
