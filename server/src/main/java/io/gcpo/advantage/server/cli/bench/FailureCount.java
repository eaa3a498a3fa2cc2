// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/**
 * One kind of failure.
 *
 * @param name gRPC's code and the server's reason, for example {@code UNAVAILABLE QUEUE_FULL}
 * @param count how often
 * @param example the first one's message
 */
public record FailureCount(String name, long count, String example) {
  FailureCount plus(FailureCount other) {
    return new FailureCount(name, count + other.count, example);
  }
}
