// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.pipeline.GroupSuccess;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GoldResult;
import io.gcpo.advantage.v1.RolloutAdvantage;
import java.util.Optional;

/** Turns the answers for one rollout, or for a golden answer, into their messages. */
final class RolloutWriter {
  private RolloutWriter() {}

  static RolloutAdvantage write(GroupSuccess success, int i) {
    io.gcpo.advantage.server.advantage.RolloutAdvantage rollout =
        success.advantages().rollouts().get(i);
    GroupSuccess.TokenCount tokens = success.tokens().get(i);
    RolloutAdvantage.Builder message =
        RolloutAdvantage.newBuilder()
            .setRolloutId(success.job().rolloutIds().get(i))
            .setAdvantage(rollout.advantage())
            .setIncluded(rollout.included())
            .setTokens(tokens.total())
            .setTruncatedTokens(tokens.truncated());
    boolean sampled =
        success.advantages().teamCredit().stream()
            .anyMatch(team -> team.method() == CreditMethod.SAMPLED);
    rollout
        .credit()
        .ifPresent(
            credit -> {
              message.setCredit(credit.share()).setScaledCredit(credit.scaled());
              if (sampled) {
                message.setCreditStandardError(credit.standardError());
              }
            });
    rollout
        .nearestCorrect()
        .ifPresent(
            neighbour ->
                message
                    .setNearestCorrectIndex(neighbour.index())
                    .setNearestCorrectSimilarity(neighbour.similarity()));
    rollout
        .importance()
        .ifPresent(ratio -> message.setImportanceRatio(ratio.value()).setClipped(ratio.clipped()));
    return message.build();
  }

  /** Empty where the settings put no golden answer in. */
  static Optional<GoldResult> writeGold(GroupSuccess success) {
    return success
        .job()
        .gold()
        .map(
            decision -> {
              GoldResult.Builder message =
                  GoldResult.newBuilder()
                      .setOutcome(GoldOutcome.valueOf("GOLD_OUTCOME_" + decision.outcome().name()));
              decision
                  .golden()
                  .ifPresent(
                      golden ->
                          message
                              .setReplacedIndex(golden.place())
                              .setReplacedRolloutId(
                                  success.job().rolloutIds().get(golden.place())));
              success.advantages().golden().ifPresent(answer -> write(answer, message));
              return message.build();
            });
  }

  private static void write(
      io.gcpo.advantage.server.advantage.RolloutAdvantage golden, GoldResult.Builder message) {
    message.setAdvantage(golden.advantage());
    golden
        .credit()
        .ifPresent(credit -> message.setCredit(credit.share()).setScaledCredit(credit.scaled()));
    golden
        .importance()
        .ifPresent(ratio -> message.setImportanceRatio(ratio.value()).setClipped(ratio.clipped()));
  }
}
