// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import java.util.Optional;

/**
 * One thing that is wrong with a request.
 *
 * @param field its path, for example {@code groups[3].rollouts[1].reward}
 * @param problem value and expectation, for example {@code NaN (expected: finite)}
 * @param exceeded the limit that it exceeds, if that is what is wrong
 */
public record Violation(String field, String problem, Optional<Limit> exceeded) {
  /** Something else than too much. */
  public Violation(String field, String problem) {
    this(field, problem, Optional.empty());
  }

  @Override
  public String toString() {
    return field + ": " + problem;
  }
}
