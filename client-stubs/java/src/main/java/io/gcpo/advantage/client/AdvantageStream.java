// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.concurrent.CompletableFuture;

/**
 * Groups that are sent as they finish, each with a future for its result; results come as they are
 * ready, in any order. Thread-safe.
 *
 * <pre>{@code
 * try (AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance())) {
 *   for (RolloutGroup group : finishedGroups) {
 *     stream.ready().join(); // only where groups come faster than the network takes them
 *     stream.send(group).thenAcceptAsync(result -> train(group, result));
 *   }
 * }
 * }</pre>
 *
 * <p>Each result was checked as those of {@link AdvantageClient#compute} are, and is given once. It
 * is due within the client's deadline after its group was sent; after that its future fails with
 * DEADLINE_EXCEEDED. When the connection breaks, the groups that have no result yet are sent again
 * on a new one, as {@link RetryPolicy} says; attempts are counted anew after each result. A failure
 * that is not repeated fails all groups that wait; the stream can be used further.
 */
public final class AdvantageStream implements AutoCloseable {
  private final StreamSession session;

  AdvantageStream(StreamSession session) {
    this.session = session;
  }

  /**
   * Sends a group, at once or as soon as the network takes it. Never blocks.
   *
   * @return its advantages or its error; cancelling the future gives the group up
   * @throws IllegalArgumentException if a group of the same id was sent on this stream before
   * @throws IllegalStateException if the stream is closed
   */
  public CompletableFuture<GroupResult> send(RolloutGroup group) {
    return session.send(group);
  }

  /**
   * Done when a further group would be sent at once, or the stream is closed. Who sends without
   * waiting for it has groups kept in memory, as many as the network is behind.
   */
  public CompletableFuture<Void> ready() {
    return session.ready();
  }

  /** Takes no further groups. Does not wait: results still come, or their futures fail. */
  @Override
  public void close() {
    session.close();
  }

  /** Takes no further groups and cancels all futures that wait. */
  public void cancel() {
    session.cancel();
  }
}
