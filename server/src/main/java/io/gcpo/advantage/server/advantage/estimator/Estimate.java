// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.Optional;

/**
 * An estimator's answer for the m rollouts whose reward counts.
 *
 * @param advantages [m]
 * @param centered whether they sum to 0, to rounding
 * @param credits absent for estimators without team credit
 */
public record Estimate(Vector advantages, boolean centered, Optional<Credits> credits) {

  /**
   * Who earned which part of the team value.
   *
   * @param shares phi [m]
   * @param scaled phi [m] in units of a lone correct rollout of reward 1
   * @param standardErrors of the shares [m]; zeros where they are not sampled
   * @param team what they sum to
   */
  public record Credits(Vector shares, Vector scaled, Vector standardErrors, TeamCredit team) {}

  /** Advantages that sum to 0. */
  static Estimate centered(Vector advantages) {
    return new Estimate(advantages, true, Optional.empty());
  }

  /** Advantages that need not sum to 0. */
  static Estimate uncentered(Vector advantages) {
    return new Estimate(advantages, advantages.isZero(), Optional.empty());
  }

  /** Without team credit. */
  static Estimate of(NormalizedScores scores) {
    return new Estimate(scores.advantages(), scores.centered(), Optional.empty());
  }

  /** With team credit. */
  static Estimate of(NormalizedScores scores, Credits credits) {
    return new Estimate(scores.advantages(), scores.centered(), Optional.of(credits));
  }
}
