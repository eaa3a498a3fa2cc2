// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Vector;

/** Shares the value of a team by the plan of the caller. Pure. */
public final class TeamCredits {
  private TeamCredits() {}

  /**
   * The share of each player of a game.
   *
   * @throws VolumeOverflowException if the volume is DET and the value beyond the largest double
   */
  public static CreditShares share(CoverageGame game, CreditPlan plan) {
    if (game.activePlayers() == 0) {
      boolean closedForm = plan.allocation() == Allocation.MATRIX_LOG;
      return CreditShares.of(
          Vector.zero(game.size()), 0, closedForm ? CreditMethod.MATRIX_LOG : CreditMethod.EXACT);
    }
    return allocation(plan).allocate(game);
  }

  private static CreditAllocation allocation(CreditPlan plan) {
    return switch (plan.volume()) {
      case LOGDET ->
          switch (plan.allocation()) {
            case SHAPLEY -> new LogDetShapley(plan);
            case LEAVE_ONE_OUT -> new LogDetLeaveOneOut();
            case BANZHAF -> new LogDetBanzhaf(plan);
            case MATRIX_LOG -> new LogDetMatrixLog();
          };
      case DET ->
          switch (plan.allocation()) {
            case SHAPLEY -> new DetShapley();
            case LEAVE_ONE_OUT -> new DetLeaveOneOut();
            case BANZHAF -> new DetBanzhaf();
            case MATRIX_LOG -> throw new IllegalStateException("refused by CreditPlan");
          };
    };
  }
}
