// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.RolloutGroup;

/** Where the groups of a step come from. Pure: the same arguments give the same group. */
public interface GroupSource {
  /**
   * A group of a step.
   *
   * @param edition another edition has other texts
   * @param index which group of the step, from 0
   */
  RolloutGroup group(long edition, int index);
}
