// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.CreditMethod;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;

/** Compares one rollout's answer with the rollout. */
final class RolloutCheck {
  private RolloutCheck() {}

  static void check(String path, Rollout rollout, int position, GroupAdvantages advantages) {
    RolloutAdvantage answer = advantages.getRollouts(position);
    Expect.equal(path + ".rollout_id", answer.getRolloutId(), rollout.getRolloutId());
    Expect.finite(path + ".advantage", answer.getAdvantage());
    boolean hasCredit = advantages.hasTeamValue();
    Expect.presence(path + ".credit", answer.hasCredit(), hasCredit);
    Expect.presence(path + ".scaled_credit", answer.hasScaledCredit(), hasCredit);
    Expect.finite(path + ".credit", answer.getCredit());
    Expect.finite(path + ".scaled_credit", answer.getScaledCredit());
    boolean sampled = advantages.getCreditMethod() == CreditMethod.CREDIT_METHOD_SAMPLED;
    Expect.presence(path + ".credit_standard_error", answer.hasCreditStandardError(), sampled);
    Expect.notNegative(path + ".credit_standard_error", answer.getCreditStandardError());
    if (answer.hasNearestCorrectIndex()) {
      Expect.position(
          path + ".nearest_correct_index",
          answer.getNearestCorrectIndex(),
          advantages.getRolloutsCount());
    }
    Expect.finite(path + ".nearest_correct_similarity", answer.getNearestCorrectSimilarity());
    Expect.presence(path + ".clipped", answer.hasClipped(), answer.hasImportanceRatio());
    if (answer.hasImportanceRatio()) {
      Expect.positive(path + ".importance_ratio", answer.getImportanceRatio());
    }
  }
}
