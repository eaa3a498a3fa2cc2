// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RolloutGroup;

/**
 * Compares one group's answer with the group.
 *
 * @param output what was asked for besides advantages
 * @param maxBatch how many groups it can have been normalised with
 */
record GroupCheck(OutputOptions output, int maxBatch) {
  /**
   * Refuses a result that does not fit.
   *
   * @param path what refusals call the result
   */
  void check(String path, RolloutGroup group, GroupResult result) {
    Expect.equal(path + ".group_id", result.getGroupId(), group.getGroupId());
    switch (result.getOutcomeCase()) {
      case ADVANTAGES -> checkAdvantages(path + ".advantages", group, result.getAdvantages());
      case ERROR -> {
        if (result.getError().getCode() == 0) {
          throw new InvalidAnswerException(path + ".error.code", 0, "a code other than OK");
        }
      }
      case OUTCOME_NOT_SET ->
          throw new InvalidAnswerException(path + ".outcome", "unset", "advantages or error");
    }
  }

  private void checkAdvantages(String path, RolloutGroup group, GroupAdvantages advantages) {
    Expect.length(path + ".rollouts", advantages.getRolloutsCount(), group.getRolloutsCount());
    Expect.digest(path + ".input_sha256", advantages.getInputSha256(), InputDigest.of(group));
    checkBatch(path + ".batch_groups", advantages.getBatchGroups());
    Expect.finite(path + ".team_value", advantages.getTeamValue());
    Expect.notNegative(path + ".credit_standard_error", advantages.getCreditStandardError());
    for (int i = 0; i < group.getRolloutsCount(); i++) {
      RolloutCheck.check(path + ".rollouts[" + i + "]", group.getRollouts(i), i, advantages);
    }
    if (advantages.hasGold()) {
      GoldCheck.check(path + ".gold", group, advantages);
    }
    SimilarityCheck.check(path, advantages, output);
    if (advantages.hasDiversity()) {
      DiversityCheck.check(path + ".diversity", advantages.getDiversity(), output);
    }
  }

  private void checkBatch(String path, int groups) {
    if (Integer.compareUnsigned(groups, maxBatch) > 0) {
      throw new InvalidAnswerException(
          path,
          Integer.toUnsignedString(groups),
          maxBatch == 0 ? "0, as not all groups were sent together" : "at most " + maxBatch);
    }
  }
}
