// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;

/**
 * Groups of a file, over and over. So that no edition is known to the server already, each text
 * begins with a number that no other edition has.
 *
 * @param groups at least one
 * @param seed of a run: texts of two seeds differ
 * @param marked whether texts get that number; else all editions are the file's own texts
 */
public record FileGroups(List<RolloutGroup> groups, long seed, boolean marked)
    implements GroupSource {
  /** Refuses an empty file. */
  public FileGroups {
    groups = List.copyOf(groups);
    Expected.that(!groups.isEmpty(), "groups", 0, ">= 1");
  }

  @Override
  public RolloutGroup group(long edition, int index) {
    RolloutGroup.Builder group =
        groups.get(index % groups.size()).toBuilder().setGroupId("group-" + index);
    if (marked) {
      String mark = "%s %d %d ".formatted(Long.toHexString(seed), edition, index);
      for (Rollout.Builder rollout : group.getRolloutsBuilderList()) {
        if (rollout.hasText()) {
          rollout.setText(mark + rollout.getText());
        }
      }
    }
    return group.build();
  }
}
