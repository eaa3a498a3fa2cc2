// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.pipeline.GroupJob;
import io.gcpo.advantage.server.pipeline.GroupOutcome;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.GroupSuccess;
import io.gcpo.advantage.v1.CreditMethod;
import io.gcpo.advantage.v1.GroupDiversity;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.GroupSignal;
import io.gcpo.advantage.v1.RolloutAdvantage;

/** Turns one group's outcome into its message. */
final class GroupResultWriter {
  private GroupResultWriter() {}

  static GroupResult write(GroupOutcome outcome) {
    GroupResult.Builder result = GroupResult.newBuilder().setGroupId(outcome.groupId());
    if (outcome instanceof GroupRejection rejection) {
      return result.setError(ErrorStatusMapper.statusOf(rejection)).build();
    }
    return result.setAdvantages(advantages((GroupSuccess) outcome)).build();
  }

  private static io.gcpo.advantage.v1.GroupAdvantages advantages(GroupSuccess success) {
    GroupAdvantages advantages = success.advantages();
    GroupJob job = success.job();
    io.gcpo.advantage.v1.GroupAdvantages.Builder message =
        io.gcpo.advantage.v1.GroupAdvantages.newBuilder()
            .setRewards(rewards(advantages.rewards()))
            .setSignal(GroupSignal.valueOf("GROUP_SIGNAL_" + advantages.signal().name()))
            .setCentered(advantages.centered())
            .setConfig(ConfigWriter.write(job.choice(), job.truncationPolicy()));
    for (int i = 0; i < job.rolloutIds().size(); i++) {
      message.addRollouts(
          rollout(job.rolloutIds().get(i), advantages.rollouts().get(i), success.tokens().get(i)));
    }
    advantages
        .diversity()
        .ifPresent(
            diversity ->
                message.setDiversity(
                    GroupDiversity.newBuilder()
                        .setAll(metrics(diversity.all()))
                        .setCorrect(metrics(diversity.correct()))));
    advantages
        .teamCredit()
        .ifPresent(
            team ->
                message
                    .setTeamValue(team.teamValue())
                    .setCreditMethod(
                        CreditMethod.valueOf("CREDIT_METHOD_" + team.method().name())));
    return message.build();
  }

  private static RolloutAdvantage rollout(
      String id,
      io.gcpo.advantage.server.advantage.RolloutAdvantage rollout,
      GroupSuccess.TokenCount tokens) {
    RolloutAdvantage.Builder message =
        RolloutAdvantage.newBuilder()
            .setRolloutId(id)
            .setAdvantage(rollout.advantage())
            .setIncluded(rollout.included())
            .setTokens(tokens.total())
            .setTruncatedTokens(tokens.truncated());
    rollout
        .credit()
        .ifPresent(credit -> message.setCredit(credit.share()).setScaledCredit(credit.scaled()));
    rollout
        .nearestCorrect()
        .ifPresent(
            neighbour ->
                message
                    .setNearestCorrectIndex(neighbour.index())
                    .setNearestCorrectSimilarity(neighbour.similarity()));
    return message.build();
  }

  private static io.gcpo.advantage.v1.RewardStatistics rewards(RewardStatistics rewards) {
    return io.gcpo.advantage.v1.RewardStatistics.newBuilder()
        .setCount(rewards.count())
        .setCorrect(rewards.correct())
        .setMean(rewards.mean())
        .setStandardDeviation(rewards.standardDeviation())
        .setMin(rewards.min())
        .setMax(rewards.max())
        .build();
  }

  private static io.gcpo.advantage.v1.DiversityMetrics metrics(DiversityMetrics metrics) {
    io.gcpo.advantage.v1.DiversityMetrics.Builder message =
        io.gcpo.advantage.v1.DiversityMetrics.newBuilder().setCount(metrics.count());
    metrics.vendiScores().ifPresent(vendi -> message.setVendiScore(vendi.orderOne()));
    metrics
        .pairwiseDistances()
        .ifPresent(distances -> message.setMeanPairwiseDistance(distances.mean()));
    metrics.effectiveCount().ifPresent(message::setEffectiveCount);
    metrics.distinct().ifPresent(message::setDistinct);
    return message.build();
  }
}
