// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.twins;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Work that several callers wait for. Thread-safe.
 *
 * @param <A> what it ends with
 */
final class SharedWork<A> {
  private final Object content;
  private final JoinedSignal signal;
  private final CompletableFuture<A> answer = new CompletableFuture<>();

  /** Of a caller that asks {@code content}; nothing runs yet. */
  SharedWork(Object content, CancellationSignal caller) {
    this.content = content;
    this.signal = new JoinedSignal(caller);
  }

  boolean answers(Object question) {
    return content.equals(question);
  }

  boolean isAbandoned() {
    return signal.isCancelled();
  }

  /** The answer for one more caller; empty if all others had gone before it came. */
  Optional<CompletableFuture<A>> join(CancellationSignal caller) {
    return signal.join(caller) ? Optional.of(answer) : Optional.empty();
  }

  /** Does the work; {@code over} runs once, before anybody hears how it ended. */
  CompletableFuture<A> run(Function<CancellationSignal, CompletableFuture<A>> work, Runnable over) {
    CompletableFuture<?> unused =
        work.apply(signal)
            .whenComplete(
                (message, failure) -> {
                  over.run();
                  if (failure == null) {
                    answer.complete(message);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                });
    return answer;
  }
}
