// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/** A way to share the value of a team among its players. Immutable, a pure function. */
interface CreditAllocation {

  /**
   * The shares of all players of a game with at least one active player.
   *
   * @throws VolumeOverflowException if the volume is DET and beyond the largest double
   */
  CreditShares allocate(CoverageGame game);
}
