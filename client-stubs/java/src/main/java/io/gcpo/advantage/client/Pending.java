// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The answer that a caller waits for while calls are made for it. If it fails or is cancelled, the
 * calls in flight are cancelled. Thread-safe.
 */
final class Pending<A> {
  private final CompletableFuture<A> future = new CompletableFuture<>();

  /** What the caller holds. */
  CompletableFuture<A> future() {
    return future;
  }

  boolean isDone() {
    return future.isDone();
  }

  void complete(A answer) {
    future.complete(answer);
  }

  void fail(Throwable failure) {
    future.completeExceptionally(failure);
  }

  /** Goes on with what a call answers; what fails there, or in {@code next}, fails the answer. */
  <B> void then(CompletableFuture<B> call, Consumer<B> next) {
    then(call, next, this::fail);
  }

  /** The same with another end for a call that fails. */
  <B> void then(CompletableFuture<B> call, Consumer<B> next, Consumer<Throwable> failed) {
    CompletableFuture<?> ended =
        call.whenComplete(
            (reply, failure) -> {
              try {
                if (failure == null) {
                  next.accept(reply);
                } else {
                  failed.accept(unwrapped(failure));
                }
              } catch (RuntimeException | Error broken) {
                fail(broken);
              }
            });
    CompletableFuture<?> unused =
        future.whenComplete(
            (answer, failure) -> {
              if (failure != null && !ended.isDone()) {
                call.cancel(false);
              }
            });
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
