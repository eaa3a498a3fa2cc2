// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;

/** A method that turns the rewards of one group into advantages. Immutable, a pure function. */
public interface AdvantageEstimator {

  /** What it is and which parameters it takes. */
  EstimatorSpec spec();

  /**
   * Scores the rollouts whose reward counts.
   *
   * @param rollouts m >= 0 of them; with a similarity kernel if {@link
   *     EstimatorSpec#needsSimilarity}
   * @param parameters a value for each declared parameter
   */
  Estimate estimate(ScoredRollouts rollouts, Parameters parameters);
}
