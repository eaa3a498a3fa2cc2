// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * What a {@link FaultProxy} does to the bytes of one direction; the names are toxiproxy's. One
 * object serves one connection.
 */
public interface Toxic {
  /**
   * Hands bytes on, late, in pieces or not at all.
   *
   * @throws IOException to break the connection off
   */
  void pass(byte[] bytes, int length, OutputStream out) throws IOException;

  /** The sender has closed its side. */
  default void end() throws IOException {}

  /** Whether the connection ends by a reset rather than in an orderly way. */
  default boolean resets() {
    return false;
  }

  /** Makes one for each connection. */
  interface Kind {
    Toxic fresh();
  }

  /** Nothing happens. */
  static Kind none() {
    return () -> (bytes, length, out) -> out.write(bytes, 0, length);
  }

  /** Each piece comes later, by {@code delay} and up to {@code jitter} more. */
  static Kind latency(Duration delay, Duration jitter) {
    Random random = new Random(1);
    return () ->
        (bytes, length, out) -> {
          pause(delay.toNanos() + (long) (random.nextDouble() * jitter.toNanos()));
          out.write(bytes, 0, length);
        };
  }

  /** So many bytes in a second. */
  static Kind bandwidth(long bytesPerSecond) {
    return () ->
        (bytes, length, out) -> {
          pause(length * 1_000_000_000L / bytesPerSecond);
          out.write(bytes, 0, length);
        };
  }

  /** Pieces of {@code size} bytes, with a pause between them. */
  static Kind slicer(int size, Duration between) {
    return () ->
        (bytes, length, out) -> {
          for (int from = 0; from < length; from += size) {
            out.write(bytes, from, Math.min(size, length - from));
            out.flush();
            pause(between.toNanos());
          }
        };
  }

  /** The end comes later. */
  static Kind slowClose(Duration delay) {
    return () ->
        new Toxic() {
          @Override
          public void pass(byte[] bytes, int length, OutputStream out) throws IOException {
            out.write(bytes, 0, length);
          }

          @Override
          public void end() {
            pause(delay.toNanos());
          }
        };
  }

  /** After so many bytes nothing comes any more, and nobody is told: a black hole. */
  static Kind timeout(long after) {
    return () -> new Limit(after, Limit.Then.SILENCE);
  }

  /** After so many bytes the connection is reset. */
  static Kind resetPeer(long after) {
    return () -> new Limit(after, Limit.Then.RESET);
  }

  /** After so many bytes the connection is closed. */
  static Kind limitData(long after) {
    return () -> new Limit(after, Limit.Then.CLOSE);
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    while (end - System.nanoTime() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
