// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Distortion.assertGroupRefused;
import static io.gcpo.advantage.client.Distortion.assertGroupTaken;

import io.gcpo.advantage.v1.CreditMethod;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.RolloutAdvantage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RolloutCheckTest {
  @Test
  void otherIdOrAdvantageThatIsNoNumber_isRefused() {
    refused(rollout -> rollout.setRolloutId("x"), "rollout_id: \"x\" (expected: \"a1\")");
    refused(rollout -> rollout.setAdvantage(Double.NaN), "advantage: NaN (expected: finite)");
    refused(
        rollout -> rollout.setAdvantage(Double.NEGATIVE_INFINITY),
        "advantage: -Infinity (expected: finite)");
  }

  @Test
  void credit_withoutTeamValueOrTheOtherWayRound_isRefused() {
    refused(rollout -> rollout.setCredit(0), "credit: present (expected: absent)");
    refused(rollout -> rollout.setScaledCredit(0), "scaled_credit: present (expected: absent)");
    assertGroupTaken(RolloutCheckTest::credit);
    assertGroupRefused(
        group -> credit(group).getRolloutsBuilder(1).clearCredit(),
        "rollouts[1].credit: absent (expected: present)");
    assertGroupRefused(
        group -> credit(group).getRolloutsBuilder(1).clearScaledCredit(),
        "rollouts[1].scaled_credit: absent (expected: present)");
  }

  @Test
  void credit_notFinite_isRefused() {
    assertGroupRefused(
        group -> credit(group).getRolloutsBuilder(1).setCredit(Double.POSITIVE_INFINITY),
        "rollouts[1].credit: Infinity (expected: finite)");
    assertGroupRefused(
        group -> credit(group).getRolloutsBuilder(1).setScaledCredit(Double.NaN),
        "rollouts[1].scaled_credit: NaN (expected: finite)");
  }

  @Test
  void standardError_ofExactCreditsOrMissingOrNegative_isRefused() {
    refused(
        rollout -> rollout.setCreditStandardError(0),
        "credit_standard_error: present (expected: absent)");
    assertGroupTaken(RolloutCheckTest::sampled);
    assertGroupRefused(
        group -> sampled(group).getRolloutsBuilder(1).clearCreditStandardError(),
        "rollouts[1].credit_standard_error: absent (expected: present)");
    assertGroupRefused(
        group -> sampled(group).getRolloutsBuilder(1).setCreditStandardError(-1),
        "rollouts[1].credit_standard_error: -1.0 (expected: finite, >= 0)");
    assertGroupRefused(
        group -> sampled(group).getRolloutsBuilder(1).setCreditStandardError(Double.NaN),
        "rollouts[1].credit_standard_error: NaN (expected: finite, >= 0)");
  }

  @Test
  void nearestCorrect_inNoPlaceOfTheGroup_isRefused() {
    assertGroupTaken(group -> group.getRolloutsBuilder(1).setNearestCorrectIndex(0));
    refused(
        rollout -> rollout.setNearestCorrectIndex(2),
        "nearest_correct_index: 2 (expected: below 2)");
    refused(
        rollout -> rollout.setNearestCorrectIndex(-1),
        "nearest_correct_index: 4294967295 (expected: below 2)");
    refused(
        rollout -> rollout.setNearestCorrectSimilarity(Double.NaN),
        "nearest_correct_similarity: NaN (expected: finite)");
  }

  @Test
  void importanceRatio_withoutClippedOrNotPositive_isRefused() {
    assertGroupTaken(
        group -> group.getRolloutsBuilder(1).setImportanceRatio(0.5).setClipped(false));
    refused(rollout -> rollout.setImportanceRatio(1), "clipped: absent (expected: present)");
    refused(rollout -> rollout.setClipped(true), "clipped: present (expected: absent)");
    refused(
        rollout -> rollout.setImportanceRatio(0).setClipped(true),
        "importance_ratio: 0.0 (expected: finite, > 0)");
    refused(
        rollout -> rollout.setImportanceRatio(Double.POSITIVE_INFINITY).setClipped(true),
        "importance_ratio: Infinity (expected: finite, > 0)");
  }

  private static GroupAdvantages.Builder credit(GroupAdvantages.Builder group) {
    group.getRolloutsBuilderList().forEach(rollout -> rollout.setCredit(0.5).setScaledCredit(0.5));
    return group.setTeamValue(1).setCreditMethod(CreditMethod.CREDIT_METHOD_EXACT);
  }

  private static GroupAdvantages.Builder sampled(GroupAdvantages.Builder group) {
    credit(group).getRolloutsBuilderList().forEach(rollout -> rollout.setCreditStandardError(0.1));
    return group.setCreditMethod(CreditMethod.CREDIT_METHOD_SAMPLED);
  }

  private static void refused(Consumer<RolloutAdvantage.Builder> change, String message) {
    assertGroupRefused(
        group -> change.accept(group.getRolloutsBuilder(1)), "rollouts[1]." + message);
  }
}
