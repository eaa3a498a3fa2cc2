// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

/**
 * One thing that is wrong with a request.
 *
 * @param field its path, for example {@code groups[3].rollouts[1].reward}
 * @param problem value and expectation, for example {@code NaN (expected: finite)}
 */
public record Violation(String field, String problem) {
  @Override
  public String toString() {
    return field + ": " + problem;
  }
}
