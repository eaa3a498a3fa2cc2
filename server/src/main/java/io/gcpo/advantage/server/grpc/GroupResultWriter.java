// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.KernelReport;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.pipeline.GroupJob;
import io.gcpo.advantage.server.pipeline.GroupOutcome;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.GroupSuccess;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CreditMethod;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.GroupSignal;
import java.util.stream.Stream;

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
    AdvantageConfig config =
        ConfigWriter.write(new ResolvedConfig(job.settings(), job.truncationPolicy()));
    io.gcpo.advantage.v1.GroupAdvantages.Builder message =
        io.gcpo.advantage.v1.GroupAdvantages.newBuilder()
            .setRewards(rewards(advantages.rewards()))
            .setSignal(GroupSignal.valueOf("GROUP_SIGNAL_" + advantages.signal().name()))
            .setCentered(advantages.centered())
            .setKeep(advantages.keep())
            .setBatchGroups(advantages.batchGroups())
            .setInputSha256(UnsafeByteOperations.unsafeWrap(success.input().toBytes()))
            .setConfig(config)
            .setConfigSha256(ConfigDigest.of(config));
    for (int i = 0; i < job.rolloutIds().size(); i++) {
      message.addRollouts(RolloutWriter.write(success, i));
    }
    RolloutWriter.writeGold(success).ifPresent(message::setGold);
    advantages.kernel().map(GroupResultWriter::kernel).ifPresent(message::setKernel);
    advantages.similarity().map(MatrixBytes::of).ifPresent(message::setSimilarityF64Le);
    advantages.diversity().map(DiversityWriter::write).ifPresent(message::setDiversity);
    advantages
        .teamCredit()
        .ifPresent(
            team ->
                message
                    .setTeamValue(team.teamValue())
                    .setCreditMethod(CreditMethod.valueOf("CREDIT_METHOD_" + team.method().name()))
                    .setCreditSamples(team.samples())
                    .setCreditStandardError(largestStandardError(advantages)));
    return message.build();
  }

  private static double largestStandardError(GroupAdvantages advantages) {
    return Stream.concat(advantages.rollouts().stream(), advantages.golden().stream())
        .flatMap(rollout -> rollout.credit().stream())
        .mapToDouble(Credit::standardError)
        .max()
        .orElse(0);
  }

  private static io.gcpo.advantage.v1.KernelReport kernel(KernelReport kernel) {
    io.gcpo.advantage.v1.KernelReport.Builder message =
        io.gcpo.advantage.v1.KernelReport.newBuilder();
    kernel.medianSimilarity().ifPresent(message::setMedianSimilarity);
    kernel.temperature().ifPresent(message::setTemperature);
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
}
