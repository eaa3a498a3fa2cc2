// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GoldResult;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;

/** Compares the golden answer's part in a group with the group. */
final class GoldCheck {
  private GoldCheck() {}

  static void check(String path, RolloutGroup group, GroupAdvantages advantages) {
    GoldResult gold = advantages.getGold();
    boolean replaced = gold.getOutcome() == GoldOutcome.GOLD_OUTCOME_REPLACED;
    Expect.presence(path + ".replaced_index", gold.hasReplacedIndex(), replaced);
    Expect.presence(path + ".replaced_rollout_id", gold.hasReplacedRolloutId(), replaced);
    Expect.presence(path + ".advantage", gold.hasAdvantage(), replaced);
    if (replaced) {
      checkPlace(path, group, advantages);
      checkValues(path, gold, advantages.hasTeamValue());
    }
  }

  private static void checkPlace(String path, RolloutGroup group, GroupAdvantages advantages) {
    GoldResult gold = advantages.getGold();
    int place = gold.getReplacedIndex();
    Expect.position(path + ".replaced_index", place, group.getRolloutsCount());
    Expect.equal(
        path + ".replaced_rollout_id",
        gold.getReplacedRolloutId(),
        group.getRollouts(place).getRolloutId());
    RolloutAdvantage replaced = advantages.getRollouts(place);
    if (replaced.getIncluded() || replaced.getAdvantage() != 0) {
      throw new InvalidAnswerException(
          path + ": its place",
          "included %s, advantage %s".formatted(replaced.getIncluded(), replaced.getAdvantage()),
          "included false, advantage 0");
    }
  }

  private static void checkValues(String path, GoldResult gold, boolean hasCredit) {
    Expect.finite(path + ".advantage", gold.getAdvantage());
    Expect.presence(path + ".credit", gold.hasCredit(), hasCredit);
    Expect.presence(path + ".scaled_credit", gold.hasScaledCredit(), hasCredit);
    Expect.finite(path + ".credit", gold.getCredit());
    Expect.finite(path + ".scaled_credit", gold.getScaledCredit());
    Expect.presence(path + ".clipped", gold.hasClipped(), gold.hasImportanceRatio());
    if (gold.hasImportanceRatio()) {
      Expect.positive(path + ".importance_ratio", gold.getImportanceRatio());
    }
  }
}
