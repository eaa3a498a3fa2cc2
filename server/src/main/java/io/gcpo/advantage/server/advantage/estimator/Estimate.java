// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.Optional;

/**
 * An estimator's answer for the m rollouts whose reward counts.
 *
 * @param advantages [m]
 * @param centered whether they sum to 0, to rounding
 * @param tie whether the scores were a tie; every advantage is then exactly 0
 * @param credits absent for estimators without team credit
 */
public record Estimate(
    Vector advantages, boolean centered, boolean tie, Optional<Credits> credits) {

  /**
   * Who earned which part of the team value.
   *
   * @param shares phi [m]
   * @param scaled phi [m] in units of a lone correct rollout of reward 1
   * @param team what they sum to
   */
  public record Credits(Vector shares, Vector scaled, TeamCredit team) {}

  /** Without team credit. */
  static Estimate of(NormalizedScores scores) {
    return new Estimate(scores.advantages(), scores.centered(), scores.tie(), Optional.empty());
  }

  /** With team credit. */
  static Estimate of(NormalizedScores scores, Credits credits) {
    return new Estimate(scores.advantages(), scores.centered(), scores.tie(), Optional.of(credits));
  }
}
