// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/** A way to share the value of a team among its players. Immutable, a pure function. */
public interface CreditAllocation {

  /** The shares of all players; they sum to the value of the whole team, to rounding. */
  ShapleyValues allocate(CoverageGame game);
}
