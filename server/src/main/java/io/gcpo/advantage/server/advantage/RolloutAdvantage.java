// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import java.util.Optional;

/**
 * The answer for one rollout.
 *
 * @param advantage finite; exactly 0 where {@code included} is false
 * @param included whether the reward counted
 * @param credit absent for estimators without team credit
 * @param nearestCorrect absent where there is no other correct rollout, or no kernel
 */
public record RolloutAdvantage(
    double advantage,
    boolean included,
    Optional<Credit> credit,
    Optional<Neighbour> nearestCorrect) {

  /**
   * A rollout's share of the team value.
   *
   * @param share phi_i >= 0, exactly 0 for a reward of 0 or less
   * @param scaled the share in units of a lone correct rollout of reward 1
   */
  public record Credit(double share, double scaled) {}

  /**
   * The most similar other correct rollout; the first of several.
   *
   * @param index its position in the group, 0-based
   * @param similarity in [-1, 1]
   */
  public record Neighbour(int index, double similarity) {}
}
