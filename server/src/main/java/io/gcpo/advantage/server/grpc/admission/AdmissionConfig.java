// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import java.time.Duration;

/**
 * How much the server takes on at one time.
 *
 * @param maxBytes of request messages that are read or worked on, over all calls; 0: an eighth of
 *     the heap, which holds a message about four times over, and at least one message of the
 *     largest size
 * @param maxWaitingCalls that may wait for those bytes, 0 to 1,000,000; more are refused
 * @param bodyTimeout in which the one message of a unary call must arrive once it is asked for
 * @param maxDeadline that a call may have; one that asks for more, or for none, gets this
 */
public record AdmissionConfig(
    long maxBytes, int maxWaitingCalls, Duration bodyTimeout, Duration maxDeadline) {
  /** What holds where nothing is set. */
  public static final AdmissionConfig DEFAULTS =
      new AdmissionConfig(0, 1_024, Duration.ofSeconds(60), Duration.ofSeconds(120));

  /** Inside one process the caller's patience is its own affair, and its messages are there. */
  public static final AdmissionConfig IN_PROCESS =
      new AdmissionConfig(
          Long.MAX_VALUE / 2, DEFAULTS.maxWaitingCalls, Duration.ofHours(1), Duration.ofDays(1));

  private static final int HEAP_SHARE = 8;

  public AdmissionConfig {
    new ConfigProblems()
        .require(maxBytes >= 0, "admission.max-bytes: %d (expected: >= 0)", maxBytes)
        .require(
            maxWaitingCalls >= 0 && maxWaitingCalls <= 1_000_000,
            "admission.max-waiting-calls: %d (expected: 0 to 1000000)",
            maxWaitingCalls)
        .require(
            isBetween(bodyTimeout, Duration.ofMillis(100), Duration.ofHours(1)),
            "admission.body-timeout: %s (expected: 100ms to 1h)",
            bodyTimeout)
        .require(
            isBetween(maxDeadline, Duration.ofMillis(100), Duration.ofDays(1)),
            "admission.max-deadline: %s (expected: 100ms to 24h)",
            maxDeadline)
        .throwIfAny();
  }

  /** Keys {@code admission.*}. */
  public static AdmissionConfig read(ConfigReader reader) {
    return new AdmissionConfig(
        reader.whole("admission.max-bytes", DEFAULTS.maxBytes),
        reader.integer("admission.max-waiting-calls", DEFAULTS.maxWaitingCalls),
        reader.duration("admission.body-timeout", DEFAULTS.bodyTimeout),
        reader.duration("admission.max-deadline", DEFAULTS.maxDeadline));
  }

  /** The bytes that hold, on a heap of {@code heapBytes}, for messages up to {@code maxMessage}. */
  public long effectiveBytes(long heapBytes, int maxMessage) {
    return Math.max(maxMessage, maxBytes == 0 ? heapBytes / HEAP_SHARE : maxBytes);
  }

  private static boolean isBetween(Duration time, Duration least, Duration most) {
    return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
  }
}
