// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Distortion.assertGroupRefused;
import static io.gcpo.advantage.client.Distortion.assertGroupTaken;

import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GoldResult;
import io.gcpo.advantage.v1.GroupAdvantages;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GoldCheckTest {
  @Test
  void goldInTheSecondPlace_isTaken() {
    assertGroupTaken(GoldCheckTest::replaced);
    assertGroupTaken(
        group -> replaced(group).getGoldBuilder().setImportanceRatio(2).setClipped(true));
  }

  @Test
  void place_thatIsNoneOfTheGroupOrAnothersOrMissing_isRefused() {
    refused(gold -> gold.setReplacedIndex(2), "gold.replaced_index: 2 (expected: below 2)");
    refused(
        gold -> gold.setReplacedRolloutId("b0"),
        "gold.replaced_rollout_id: \"b0\" (expected: \"a1\")");
    refused(
        GoldResult.Builder::clearReplacedIndex, "gold.replaced_index: absent (expected: present)");
    refused(
        GoldResult.Builder::clearReplacedRolloutId,
        "gold.replaced_rollout_id: absent (expected: present)");
    refused(GoldResult.Builder::clearAdvantage, "gold.advantage: absent (expected: present)");
  }

  @Test
  void replacedRollout_thatStillCounts_isRefused() {
    assertGroupRefused(
        group -> replaced(group).getRolloutsBuilder(1).setIncluded(true),
        "gold: its place: included true, advantage 0.0 (expected: included false, advantage 0)");
    assertGroupRefused(
        group -> replaced(group).getRolloutsBuilder(1).setAdvantage(0.5),
        "gold: its place: included false, advantage 0.5 (expected: included false, advantage 0)");
  }

  @Test
  void values_outOfRangeOrOutOfPlace_areRefused() {
    refused(gold -> gold.setAdvantage(Double.NaN), "gold.advantage: NaN (expected: finite)");
    refused(gold -> gold.setCredit(1), "gold.credit: present (expected: absent)");
    refused(gold -> gold.setScaledCredit(1), "gold.scaled_credit: present (expected: absent)");
    refused(gold -> gold.setImportanceRatio(1), "gold.clipped: absent (expected: present)");
    refused(
        gold -> gold.setImportanceRatio(-1).setClipped(false),
        "gold.importance_ratio: -1.0 (expected: finite, > 0)");
  }

  @Test
  void noReplacement_withAPlace_isRefused() {
    assertGroupTaken(
        group -> group.getGoldBuilder().setOutcome(GoldOutcome.GOLD_OUTCOME_NOT_TRIGGERED));
    assertGroupRefused(
        group ->
            group
                .getGoldBuilder()
                .setOutcome(GoldOutcome.GOLD_OUTCOME_NOT_TRIGGERED)
                .setReplacedIndex(0),
        "gold.replaced_index: present (expected: absent)");
  }

  private static GroupAdvantages.Builder replaced(GroupAdvantages.Builder group) {
    group.getRolloutsBuilder(1).setIncluded(false).setAdvantage(0);
    group
        .getGoldBuilder()
        .setOutcome(GoldOutcome.GOLD_OUTCOME_REPLACED)
        .setReplacedIndex(1)
        .setReplacedRolloutId("a1")
        .setAdvantage(1);
    return group;
  }

  private static void refused(Consumer<GoldResult.Builder> change, String message) {
    assertGroupRefused(group -> change.accept(replaced(group).getGoldBuilder()), message);
  }
}
