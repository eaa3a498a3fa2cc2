// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The channels of a client, each with connections of its own. Thread-safe. */
final class Connections implements AutoCloseable {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final List<? extends Channel> channels;
  private final List<ManagedChannel> owned;
  private final CallsInFlight calls;
  private final AtomicInteger turn = new AtomicInteger();

  private Connections(
      List<? extends Channel> channels, List<ManagedChannel> owned, CallsInFlight calls) {
    this.channels = channels;
    this.owned = owned;
    this.calls = calls;
  }

  /** Channels that are closed with these connections, after the calls in flight on them. */
  static Connections owning(List<ManagedChannel> channels, CallsInFlight calls) {
    return new Connections(List.copyOf(channels), List.copyOf(channels), calls);
  }

  /** A channel that stays its owner's. */
  static Connections over(Channel channel) {
    return new Connections(List.of(channel), List.of(), new CallsInFlight());
  }

  /** How many channels there are. */
  int size() {
    return channels.size();
  }

  /**
   * The next channel in turn, ready to connect at once. A channel that could not connect waits
   * longer and longer, up to two minutes, and fails calls meanwhile; a server that is back would go
   * unnoticed. Idle, it forgets that, and the next call looks the name up again and connects.
   */
  Channel next() {
    int next = Math.floorMod(turn.getAndIncrement(), channels.size());
    if (!owned.isEmpty()) {
      ManagedChannel channel = owned.get(next);
      if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
        channel.enterIdle();
      }
    }
    return channels.get(next);
  }

  /** Whether calls fail because a channel was closed, here or by its owner. */
  boolean isClosed() {
    return managed().anyMatch(ManagedChannel::isShutdown);
  }

  @Override
  public void close() {
    owned.forEach(ManagedChannel::shutdown);
    try {
      calls.await(CLOSE_GRACE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    owned.forEach(ManagedChannel::shutdownNow);
  }

  private Stream<ManagedChannel> managed() {
    return channels.stream()
        .filter(ManagedChannel.class::isInstance)
        .map(ManagedChannel.class::cast);
  }
}
