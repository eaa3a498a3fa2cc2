// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * Is told where the time of one call went, by whoever works for it. Carried by its {@link
 * CancellationSignal}. Thread-safe; quick; never throws.
 */
public interface CallTimeline {
  /** Of a call that nobody follows. */
  CallTimeline NONE = new CallTimeline() {};

  /**
   * The call, or a part of it, was in a stage.
   *
   * @param stage as in {@code gcpo_stage_duration_seconds}
   * @param begin in the ticker's nanoseconds
   * @param end in the ticker's nanoseconds
   */
  default void ended(String stage, long begin, long end) {}

  /** Runs {@code measurement}, so that what it measures can be led back to this call. */
  default void measure(Runnable measurement) {
    measurement.run();
  }
}
