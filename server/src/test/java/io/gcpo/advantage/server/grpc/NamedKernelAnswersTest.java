// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.KernelServer.FIRST;
import static io.gcpo.advantage.server.grpc.KernelServer.GROUP;
import static io.gcpo.advantage.server.grpc.KernelServer.OTHER;
import static io.gcpo.advantage.server.grpc.Kernels.kernel;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Kernels.similarities;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.unscored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelCalibration;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kernel by its name from the request to the answer, over a real port. */
final class NamedKernelAnswersTest {
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
  void everyNamedKernel_answersWithItsMatrix(Kernel kernel) {
    GroupAdvantages answer = server.compute(GROUP, AdvantageConfig.newBuilder().setKernel(kernel));

    double[][] matrix = similarities(answer);
    for (int i = 0; i < 4; i++) {
      assertThat(matrix[i][i]).isEqualTo(1.0);
      for (int j = 0; j < 4; j++) {
        assertThat(matrix[i][j]).isEqualTo(matrix[j][i]).isBetween(-1.0, 1.0);
      }
    }
    assertThat(matrix[0][1]).isEqualTo(1.0);
    assertThat(matrix[0][2]).isLessThan(1.0);
    assertThat(answer.getConfig().getKernel()).isEqualTo(kernel);
    assertThat(answer.getConfig().hasCompositeKernel()).isFalse();
    assertThat(answer.getConfig().getKernelCalibration())
        .isEqualTo(KernelCalibration.KERNEL_CALIBRATION_NONE);
    assertThat(answer.getKernel().hasTemperature())
        .isEqualTo(answer.getConfig().hasKernelTemperature());
    assertThat(answer.getRollouts(0).getNearestCorrectIndex()).isEqualTo(1);
    assertThat(answer.getRollouts(0).getNearestCorrectSimilarity()).isEqualTo(1.0);
    assertThat(answer.getRollouts(0).getCredit())
        .isCloseTo(answer.getRollouts(1).getCredit(), within(1e-12))
        .isLessThan(answer.getRollouts(2).getCredit());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kernel.class,
      names = {"KERNEL_STEPS", "KERNEL_LEXICAL", "KERNEL_CLUSTER", "KERNEL_PRECOMPUTED"})
  void kernelThatLooksAtNoEmbedding_embedsNothing(Kernel kernel) {
    GroupAdvantages answer = server.compute(GROUP, AdvantageConfig.newBuilder().setKernel(kernel));

    assertThat(server.embedder().calls()).isEmpty();
    assertThat(answer.getRolloutsList()).extracting(RolloutAdvantage::getTokens).containsOnly(0);
    assertThat(answer.getDiversity().getAll().hasVendiScore()).isTrue();
  }

  @Test
  void cluster_isOneForEqualLabels() {
    assertThat(similarities(server.compute(GROUP, kernel(Kernel.KERNEL_CLUSTER))))
        .isDeepEqualTo(new double[][] {{1, 1, 0, 0}, {1, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
  }

  @Test
  void precomputed_isTheMatrixOfTheCaller() {
    assertThat(similarities(server.compute(GROUP, kernel(Kernel.KERNEL_PRECOMPUTED))))
        .isDeepEqualTo(
            new double[][] {{1, 1, 0.5, 0}, {1, 1, 0.5, 0}, {0.5, 0.5, 1, 0}, {0, 0, 0, 1}});
  }

  @Test
  void promptResidual_embedsThePromptWithTheTexts() {
    server.compute(GROUP, kernel(Kernel.KERNEL_PROMPT_RESIDUAL));

    assertThat(server.embedder().calls()).hasSize(1);
    assertThat(server.embedder().calls().get(0))
        .extracting(TextTask::text)
        .containsExactly(FIRST, OTHER, "I do not know.", "What is it?");
  }

  @Test
  void promptResidual_ofEmbeddings_projectsThePromptOut() {
    RolloutGroup vectors =
        group("a", embedded(1, 1, 1, 0), embedded(1, 1, 0, 1), embedded(1, 1, 1, 0)).toBuilder()
            .setPromptEmbeddingF32Le(embedded(0, 2, 0, 0).getEmbeddingF32Le())
            .build();

    double[][] matrix =
        similarities(server.compute(vectors, kernel(Kernel.KERNEL_PROMPT_RESIDUAL)));

    assertThat(matrix[0][1]).isCloseTo(0, within(1e-15));
    assertThat(matrix[0][2]).isEqualTo(1.0);
  }

  @Test
  void kernelText_isReadInPlaceOfText_andNeverEmbedded() {
    RolloutGroup.Builder said = GROUP.toBuilder();
    said.getRolloutsBuilder(2).setKernelText(FIRST);

    double[][] matrix = similarities(server.compute(said.build(), kernel(Kernel.KERNEL_STEPS)));
    server.compute(said.build(), kernel(Kernel.KERNEL_EMBEDDING_COSINE));

    assertThat(matrix[0][2]).isEqualTo(1.0);
    assertThat(server.embedder().calls().get(0)).extracting(TextTask::text).contains(OTHER);
  }

  @Test
  void kernelText_standsAlone_whereNothingIsEmbedded() {
    Rollout bare = Rollout.newBuilder().setReward(1).setKernelText(FIRST).build();

    GroupAdvantages answer = server.compute(group("a", bare, bare), kernel(Kernel.KERNEL_LEXICAL));

    assertThat(similarities(answer)[0][1]).isEqualTo(1.0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kernel.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"KERNEL_UNSPECIFIED", "UNRECOGNIZED"})
  void otherOrderOfRollouts_changesNoBitOfTheKernel(Kernel kernel) {
    int[] order = {2, 0, 3, 1};
    double[] given = {1, 1, 0.5, 0, 1, 1, 0.5, 0, 0.5, 0.5, 1, 0, 0, 0, 0, 1};
    double[] reordered = new double[16];
    Arrays.setAll(reordered, k -> given[4 * order[k / 4] + order[k % 4]]);
    RolloutGroup.Builder shuffled =
        GROUP.toBuilder().clearRollouts().setSimilarityF64Le(matrix(reordered));
    for (int position : order) {
      shuffled.addRollouts(GROUP.getRollouts(position));
    }
    AdvantageConfig.Builder config =
        kernel(kernel).setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);

    GroupAdvantages first = server.compute(GROUP, config);
    GroupAdvantages second = server.compute(shuffled.build(), config);

    assertThat(second.getKernel()).isEqualTo(first.getKernel());
    assertThat(second.getDiversity().getAll().getDistinct())
        .isEqualTo(first.getDiversity().getAll().getDistinct());
    double[][] expected = similarities(first);
    double[][] actual = similarities(second);
    for (int i = 0; i < order.length; i++) {
      for (int j = 0; j < order.length; j++) {
        assertThat(actual[i][j]).isEqualTo(expected[order[i]][order[j]]);
      }
      assertThat(second.getRollouts(i).getNearestCorrectSimilarity())
          .isEqualTo(first.getRollouts(order[i]).getNearestCorrectSimilarity());
      assertThat(second.getRollouts(i).getAdvantage())
          .isCloseTo(first.getRollouts(order[i]).getAdvantage(), within(1e-12));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kernel.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"KERNEL_UNSPECIFIED", "UNRECOGNIZED"})
  void groupsOfOneAndOfSixtyFour_areComputed(Kernel kernel) {
    for (int size : new int[] {1, 64}) {
      double[] identity = new double[size * size];
      RolloutGroup.Builder group = GROUP.toBuilder().clearRollouts();
      for (int i = 0; i < size; i++) {
        identity[i * (size + 1)] = 1;
        Rollout rollout = i % 3 == 1 ? unscored("") : rollout("1 + %d = 2".formatted(i), 1);
        group.addRollouts(rollout.toBuilder().setClusterLabel("label " + i));
      }

      GroupAdvantages answer =
          server.compute(
              group.setSimilarityF64Le(matrix(identity)).build(),
              kernel(kernel)
                  .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN));

      assertThat(similarities(answer)).hasDimensions(size, size);
      assertThat(similarities(answer)[size - 1][size - 1]).isEqualTo(1.0);
      assertThat(answer.getKernel().hasTemperature()).isEqualTo(size > 1);
      assertThat(answer.getRewards().getCount()).isEqualTo((size + 1) * 2 / 3);
    }
  }

  @Test
  void rolloutWithoutReward_isComparedAndDoesNotCount() {
    RolloutGroup.Builder group = GROUP.toBuilder();
    group.getRolloutsBuilder(1).clearReward();

    GroupAdvantages answer = server.compute(group.build(), kernel(Kernel.KERNEL_PRECOMPUTED));

    assertThat(answer.getKernel().getMedianSimilarity()).isEqualTo(0.5);
    assertThat(similarities(answer)[0][1]).isEqualTo(1.0);
    assertThat(answer.getRollouts(1).getIncluded()).isFalse();
    assertThat(answer.getRollouts(1).getNearestCorrectIndex()).isZero();
    assertThat(answer.getRollouts(0).getNearestCorrectIndex()).isEqualTo(2);
  }
}
