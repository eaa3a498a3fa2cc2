// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.twins;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.metrics.TwinMeters;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The work in flight, by who asked for it and under which id. A second call that asks the same
 * under the same id waits for the first one's work: a client that lost its connection, or hedges,
 * costs nothing twice. An answer is kept until it is sent and no longer: answers are pure functions
 * of their questions, so a repetition that comes later is computed anew. There is at most one entry
 * a call in flight. Thread-safe.
 */
public final class TwinCalls {
  private final ConcurrentMap<CallKey, SharedWork<?>> works = new ConcurrentHashMap<>();
  private final TwinMeters meters;

  @Inject
  TwinCalls(TwinMeters meters) {
    this.meters = meters;
  }

  /**
   * What {@code work} ends with, or what that of a twin in flight ends with. Fails with {@link
   * RequestIdReusedException} if the call in flight asks something else.
   *
   * @param content equal exactly where the questions are; the method of the key decides its type
   *     and that of the answer
   * @param caller ends with this call; the work goes on while one of its callers is there
   * @param work does not throw
   */
  public <A> CompletableFuture<A> join(
      CallKey key,
      Object content,
      CancellationSignal caller,
      Function<CancellationSignal, CompletableFuture<A>> work) {
    SharedWork<A> own = new SharedWork<>(content, caller);
    while (true) {
      @SuppressWarnings("unchecked") // the key's method decides the type of the answer
      SharedWork<A> running = (SharedWork<A>) works.putIfAbsent(key, own);
      if (running == null) {
        return own.run(work, () -> works.remove(key, own));
      }
      if (running.isAbandoned()) {
        // Nobody waits for it: it ends by itself, and its id is free.
        works.remove(key, running);
        continue;
      }
      if (!running.answers(content)) {
        return CompletableFuture.failedFuture(new RequestIdReusedException(key.requestId()));
      }
      Optional<CompletableFuture<A>> joined = running.join(caller);
      if (joined.isPresent()) {
        meters.joined();
        return joined.get();
      }
    }
  }

  /** How many calls with an id are in work. */
  public int size() {
    return works.size();
  }
}
