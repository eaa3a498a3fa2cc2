// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;

/**
 * Looks at all groups of a request that chose it with the same parameters, and normalises over
 * them. Does not depend on their order, bit by bit.
 */
public non-sealed interface BatchEstimator extends AdvantageEstimator {

  /**
   * Scores the rollouts whose reward counts.
   *
   * @param batch one entry a group, each of m >= 0 rollouts, with what {@link #inputs} names
   * @param parameters a value for each declared parameter
   * @return one entry for each of {@code batch}, in its order
   */
  List<Estimate> estimate(List<ScoredRollouts> batch, Parameters parameters);
}
