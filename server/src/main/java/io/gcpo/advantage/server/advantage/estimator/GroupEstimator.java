// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;

/** Looks at one group at a time: its advantages depend on nothing else. */
public non-sealed interface GroupEstimator extends AdvantageEstimator {

  /**
   * Scores the rollouts whose reward counts.
   *
   * @param rollouts m >= 0 of them, with what {@link #inputs} names
   * @param parameters a value for each declared parameter
   * @throws OutOfRangeException if the numbers are beyond what the method can represent
   */
  Estimate estimate(ScoredRollouts rollouts, Parameters parameters);
}
