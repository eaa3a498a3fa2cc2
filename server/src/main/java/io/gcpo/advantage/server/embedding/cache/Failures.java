// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** What is thrown in one step of a future, as it was thrown. */
final class Failures {
  private Failures() {}

  /** Completes {@code answer} with what {@code step} makes of the work's result, or its failure. */
  static <W, A> void complete(
      CompletableFuture<A> answer, CompletableFuture<W> work, Function<W, A> step) {
    work.thenApply(step)
        .thenAccept(answer::complete)
        .exceptionally(
            failure -> {
              answer.completeExceptionally(unwrapped(failure));
              return null;
            });
  }

  /** The failure without what futures wrap around it. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
