// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.diversity.metrics.PairwiseDistances;
import io.gcpo.advantage.server.diversity.metrics.VendiScores;
import io.gcpo.advantage.server.testing.Computed;
import io.gcpo.advantage.server.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RecentGroupsTest {
  private static final AdvantageSettings SETTINGS = Computed.settings(Computed.choice("GRPO"));

  private final ManualTicker ticker = new ManualTicker();
  private final RecentGroups groups = new RecentGroups(ticker);

  @Test
  void group_withDiversity_isItsNumbers() {
    RewardStatistics rewards = new RewardStatistics(2, 1, 0.5, 0.7, 0, 1);
    ticker.advance(Duration.ofNanos(5));

    groups.groupComputed(
        group(
            rewards,
            Optional.of(
                new GroupDiversity(
                    DiversityMetrics.builder(2)
                        .vendiScores(new VendiScores(1.9, 1.8, 1.7, 1.6))
                        .pairwiseDistances(new PairwiseDistances(0.4, 0.3, 0.5))
                        .build(),
                    DiversityMetrics.builder(0).build(),
                    List.of()))),
        SETTINGS);

    assertThat(groups.newestFirst())
        .containsExactly(
            new RecentGroup(
                5,
                "GRPO",
                0,
                GroupSignal.OK,
                rewards,
                OptionalDouble.of(1.8),
                OptionalDouble.of(0.4)));
  }

  @Test
  void manyGroups_theLastAreKept_newestFirst() {
    List<Integer> counts = new ArrayList<>();
    for (int count = 1; count <= 1_000; count++) {
      RewardStatistics rewards = new RewardStatistics(count, 0, 0, 0, 0, 0);
      groups.groupComputed(group(rewards, Optional.empty()), SETTINGS);
      if (count > 1_000 - RecentGroups.CAPACITY) {
        counts.add(0, count);
      }
    }

    assertThat(groups.newestFirst())
        .extracting(group -> group.rewards().count())
        .containsExactlyElementsOf(counts);
    assertThat(groups.newestFirst().get(0).vendiScore()).isEmpty();
  }

  private static GroupAdvantages group(
      RewardStatistics rewards, Optional<GroupDiversity> diversity) {
    return new GroupAdvantages(
        List.of(),
        rewards,
        diversity,
        GroupSignal.OK,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
