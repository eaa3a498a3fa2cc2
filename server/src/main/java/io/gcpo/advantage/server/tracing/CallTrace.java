// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import io.gcpo.advantage.server.embedding.CallTimeline;
import io.grpc.Context;

/**
 * What becomes known of a call, or of one group of a stream, while it is worked on. Never a text, a
 * reward or an id of a group: traces are read by others than rollouts are. Thread-safe.
 */
public interface CallTrace extends CallTimeline {
  /** Of a call that is not traced. */
  CallTrace NONE = new CallTrace() {};

  /** The trace of a gRPC call, in its context. */
  Context.Key<CallTrace> KEY = Context.keyWithDefault("gcpo-trace", NONE);

  /** Whether anything is kept; what costs something to find out need not be found out otherwise. */
  default boolean isRecording() {
    return false;
  }

  /** Notes a word. */
  default void note(String attribute, String value) {}

  /** Notes a number. */
  default void note(String attribute, long value) {}

  /** A part of the call that begins now and is to be ended. */
  default CallTrace part(String name) {
    return NONE;
  }

  /**
   * It has ended, now; what comes later is not kept.
   *
   * @param failure what kind of failure, from a fixed list; empty for none
   */
  default void end(String failure) {}
}
