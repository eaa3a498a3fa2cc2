// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import java.util.List;
import java.util.Optional;

/**
 * The advantages of one group and how they came about.
 *
 * @param rollouts [n], in the group's order
 * @param rewards of the rollouts whose reward counts
 * @param diversity absent where it was not asked for
 * @param centered whether the advantages of the included rollouts sum to 0, to rounding
 * @param teamCredit absent for estimators without team credit
 */
public record GroupAdvantages(
    List<RolloutAdvantage> rollouts,
    RewardStatistics rewards,
    Optional<GroupDiversity> diversity,
    GroupSignal signal,
    boolean centered,
    Optional<TeamCredit> teamCredit) {
  public GroupAdvantages {
    rollouts = List.copyOf(rollouts);
  }
}
