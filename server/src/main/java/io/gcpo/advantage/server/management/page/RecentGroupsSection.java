// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.management.live.Moment;
import io.gcpo.advantage.server.management.live.RecentGroup;
import io.gcpo.advantage.server.management.live.RecentGroups;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** How different the rollouts of the last groups were, in numbers. */
final class RecentGroupsSection {
  private final RecentGroups groups;

  @Inject
  RecentGroupsSection(RecentGroups groups) {
    this.groups = groups;
  }

  Html html(Moment moment) {
    List<RecentGroup> newestFirst = groups.newestFirst();
    Table table =
        new Table(
            "The last groups, newest first",
            "ago",
            "estimator",
            "signal",
            "rollouts",
            "rewards",
            "mean reward",
            "their deviation",
            "Vendi score",
            "mean distance");
    newestFirst.forEach(group -> row(table, group, moment));
    return Section.of(
        "groups",
        "Last groups",
        newestFirst.isEmpty() ? Section.note("None yet.") : table.html(),
        Section.note(
            "Vendi score: how many different rollouts the group is worth. Mean distance: 1 minus"
                + " the similarity, over all pairs. A dash: not asked for, or not defined. Neither"
                + " texts nor ids are kept here."));
  }

  private static void row(Table table, RecentGroup group, Moment moment) {
    RewardStatistics rewards = group.rewards();
    table.row(
        Numbers.duration(Duration.ofNanos(moment.nanos() - group.nanos())),
        group.estimator(),
        group.signal().name(),
        Integer.toString(group.size()),
        Integer.toString(rewards.count()),
        rewards.count() == 0 ? Numbers.NONE : Numbers.real(rewards.mean()),
        rewards.count() < 2 ? Numbers.NONE : Numbers.real(rewards.standardDeviation()),
        Numbers.real(group.vendiScore()),
        Numbers.real(group.meanDistance()));
  }
}
