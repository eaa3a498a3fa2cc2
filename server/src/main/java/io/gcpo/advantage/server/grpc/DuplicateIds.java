// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;

/**
 * The groups of a request that share an id. All of them are refused: an answer by id could be
 * anybody's.
 */
final class DuplicateIds {
  private final List<RolloutGroup> groups;
  private final ImmutableListMultimap<String, Integer> positions;

  private DuplicateIds(
      List<RolloutGroup> groups, ImmutableListMultimap<String, Integer> positions) {
    this.groups = groups;
    this.positions = positions;
  }

  static DuplicateIds of(List<RolloutGroup> groups) {
    ImmutableListMultimap.Builder<String, Integer> positions = ImmutableListMultimap.builder();
    for (int i = 0; i < groups.size(); i++) {
      positions.put(groups.get(i).getGroupId(), i);
    }
    return new DuplicateIds(groups, positions.build());
  }

  /** Empty if the id of the group at {@code index} is its own. An empty id is no id. */
  List<Violation> violationsOf(int index) {
    String id = groups.get(index).getGroupId();
    List<Integer> all = positions.get(id);
    if (all.size() == 1 || id.isEmpty()) {
      return ImmutableList.of();
    }
    int other = all.get(0) == index ? all.get(1) : all.get(0);
    return ImmutableList.of(
        new Violation(
            "groups[" + index + "].group_id",
            "as in groups[" + other + "] (expected: unique in the request)"));
  }
}
