// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.KernelServer.FIRST;
import static io.gcpo.advantage.server.grpc.KernelServer.GROUP;
import static io.gcpo.advantage.server.grpc.Kernels.kernel;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Kernels.similarities;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.RolloutGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Golden answers under every kernel, over a real port. */
final class GoldenKernelTest {
  private final KernelServer server = new KernelServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kernel.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"KERNEL_UNSPECIFIED", "UNRECOGNIZED"})
  void goldenAnswer_takesAPlaceUnderEveryKernel(Kernel kernel) {
    RolloutGroup.Builder failed =
        GROUP.toBuilder()
            .setGoldenAnswer(FIRST)
            .setGoldenClusterLabel("first")
            .setSimilarityF64Le(
                matrix(1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1));
    failed.getRolloutsBuilderList().forEach(rollout -> rollout.setReward(0));

    GroupAdvantages answer =
        server.compute(failed.build(), kernel(kernel).setGold(GoldConfig.getDefaultInstance()));

    assertThat(answer.getGold().getOutcome()).isEqualTo(GoldOutcome.GOLD_OUTCOME_REPLACED);
    assertThat(answer.getGold().getScaledCredit()).isCloseTo(1, within(1e-12));
    assertThat(similarities(answer)).hasDimensions(4, 4);
    assertThat(answer.getKernel().hasMedianSimilarity()).isFalse();
  }

  @Test
  void goldenMatrix_whereTheGoldenAnswerTakesNoPlace_losesItsLastRow() {
    RolloutGroup solved =
        GROUP.toBuilder()
            .setGoldenAnswer("gold")
            .setSimilarityF64Le(
                matrix(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1))
            .build();

    GroupAdvantages answer =
        server.compute(
            solved, kernel(Kernel.KERNEL_PRECOMPUTED).setGold(GoldConfig.getDefaultInstance()));

    assertThat(answer.getGold().getOutcome()).isEqualTo(GoldOutcome.GOLD_OUTCOME_NOT_TRIGGERED);
    assertThat(similarities(answer)[0]).containsExactly(1, 0, 0, 0);
  }

  @Test
  void goldenText_withEmbeddingsOfRollouts_servesAKernelOfText() {
    RolloutGroup.Builder failed =
        group("a", embedded(0, 1, 0), embedded(0, 0, 1)).toBuilder().setGoldenAnswer(FIRST);
    failed.getRolloutsBuilderList().forEach(rollout -> rollout.setKernelText(FIRST));

    GroupAdvantages answer =
        server.compute(
            failed.build(), kernel(Kernel.KERNEL_STEPS).setGold(GoldConfig.getDefaultInstance()));

    assertThat(answer.getGold().getReplacedIndex()).isEqualTo(1);
    assertThat(similarities(answer)[0][1]).isEqualTo(1.0);
  }
}
