// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The one answer of a unary call: sent once, and not at all to a caller that has gone. */
final class Reply {
  private Reply() {}

  /**
   * Sends what {@code answer} ends with, on the thread that ends it; to be called on the call's.
   */
  static <A> void send(CompletableFuture<A> answer, StreamObserver<A> observer) {
    ServerCallStreamObserver<A> call = (ServerCallStreamObserver<A>) observer;
    Context context = Context.current();
    // Without a handler, onNext to a caller that has gone throws.
    call.setOnCancelHandler(() -> {});
    CompletableFuture<?> sent =
        answer.handle(
            (message, failure) -> {
              if (failure != null) {
                call.onError(ErrorStatusMapper.toException(failure, context));
              } else {
                call.onNext(message);
                call.onCompleted();
              }
              return null;
            });
    sent.exceptionally(
        broken -> {
          call.onError(ErrorStatusMapper.toException(broken, context));
          return null;
        });
  }
}
