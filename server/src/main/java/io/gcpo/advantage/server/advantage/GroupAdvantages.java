// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.Optional;

/**
 * The advantages of one group and how they came about.
 *
 * @param rollouts [n], in the group's order
 * @param rewards of the rollouts whose reward counts
 * @param diversity absent where it was not asked for
 * @param centered whether the advantages of the included rollouts, with the golden answer's own,
 *     sum to 0, to rounding
 * @param teamCredit absent for estimators without team credit
 * @param golden the golden answer's own advantage, where it took a rollout's place
 * @param kernel how similar the rollouts were; absent where no similarity was computed
 * @param similarity K [n, n] of the rollouts, after the temperature; absent where it was not asked
 *     for
 * @param batchGroups how many groups the advantages were normalised with; 0 for estimators of
 *     single groups
 */
public record GroupAdvantages(
    List<RolloutAdvantage> rollouts,
    RewardStatistics rewards,
    Optional<GroupDiversity> diversity,
    GroupSignal signal,
    boolean centered,
    Optional<TeamCredit> teamCredit,
    Optional<RolloutAdvantage> golden,
    Optional<KernelReport> kernel,
    Optional<SymmetricMatrix> similarity,
    int batchGroups) {
  public GroupAdvantages {
    rollouts = List.copyOf(rollouts);
  }

  /**
   * The dynamic-sampling verdict of DAPO (arXiv 2503.14476), on the advantages instead of the raw
   * rewards: whether the group trains anything.
   */
  public boolean keep() {
    return signal == GroupSignal.OK;
  }
}
