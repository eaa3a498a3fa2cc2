// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A call that is made a second time, in another form, where the first answer will not do. */
final class Resend {
  private Resend() {}

  /** The first answer, or the second where the first will not do; cancelling cancels either. */
  static <A> CompletableFuture<A> of(
      CompletableFuture<A> first, Predicate<A> insufficient, Supplier<CompletableFuture<A>> again) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    handOver(
        first,
        answer,
        reply -> {
          if (insufficient.test(reply)) {
            handOver(again.get(), answer, answer::complete);
          } else {
            answer.complete(reply);
          }
        });
    return answer;
  }

  private static <A> void handOver(
      CompletableFuture<A> call, CompletableFuture<A> answer, Consumer<A> next) {
    CompletableFuture<?> received =
        call.thenAccept(next)
            .exceptionally(
                failure -> {
                  answer.completeExceptionally(
                      failure instanceof CompletionException && failure.getCause() != null
                          ? failure.getCause()
                          : failure);
                  return null;
                });
    CompletableFuture<?> unused =
        answer.whenComplete(
            (reply, failure) -> {
              if (answer.isCancelled() && !received.isDone()) {
                call.cancel(false);
              }
            });
  }
}
