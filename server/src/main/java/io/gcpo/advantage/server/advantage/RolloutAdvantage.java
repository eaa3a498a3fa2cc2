// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.importance.ImportanceRatio;
import java.util.Optional;

/**
 * The answer for one rollout.
 *
 * @param advantage finite; exactly 0 where {@code included} is false
 * @param included whether the reward counted, and no golden answer took the rollout's place
 * @param credit absent for estimators without team credit
 * @param nearestCorrect absent where there is no other correct rollout, or no kernel
 * @param importance absent without log-probabilities
 */
public record RolloutAdvantage(
    double advantage,
    boolean included,
    Optional<Credit> credit,
    Optional<Neighbour> nearestCorrect,
    Optional<ImportanceRatio> importance) {

  /**
   * A rollout's share of the team value.
   *
   * @param share phi_i >= 0, exactly 0 for a reward of 0 or less
   * @param scaled the share in units of a lone correct rollout of reward 1
   * @param standardError of the share, >= 0; 0 where it was not sampled
   */
  public record Credit(double share, double scaled, double standardError) {
    /** Of a rollout that does not count. */
    static final Credit NONE = new Credit(0, 0, 0);
  }

  /**
   * The most similar other correct rollout; the first of several.
   *
   * @param index its position in the group, 0-based
   * @param similarity in [-1, 1]
   */
  public record Neighbour(int index, double similarity) {}
}
