// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A method that turns rewards into advantages: of one group ({@link GroupEstimator}) or of all
 * groups of a request together ({@link BatchEstimator}). Immutable, a pure function.
 */
public sealed interface AdvantageEstimator permits GroupEstimator, BatchEstimator {

  /** What it is and which parameters it takes. */
  EstimatorSpec spec();

  /** What it needs of each group besides rewards, with these parameters. */
  default Set<Input> inputs(Parameters parameters) {
    return spec().inputs();
  }

  /**
   * Whether a golden answer takes the place of a failed rollout unless the caller says otherwise.
   */
  default boolean goldByDefault() {
    return false;
  }

  /** The kernel that its definition names, where a request names none. */
  default Optional<NamedKernel> defaultKernel() {
    return Optional.empty();
  }

  /**
   * Values that are each in range and do not go together.
   *
   * @return for each the name of a parameter to change, and what is wrong and expected
   */
  default List<Conflict> conflicts(Parameters parameters) {
    return List.of();
  }

  /**
   * Parameters that do not go together.
   *
   * @param parameter the name of one of them
   * @param problem its value and what is expected, for example {@code matrix_log (expected: …)}
   */
  record Conflict(String parameter, String problem) {}
}
