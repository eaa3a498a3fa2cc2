// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Kernels.cosine;
import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.grpc.Kernels.named;
import static io.gcpo.advantage.server.grpc.Kernels.product;
import static io.gcpo.advantage.server.grpc.Kernels.similarities;
import static io.gcpo.advantage.server.grpc.Kernels.term;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.KernelCalibration;
import io.gcpo.advantage.v1.KernelPower;
import io.gcpo.advantage.v1.KernelSum;
import io.gcpo.advantage.v1.LexicalKernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StepKind;
import io.gcpo.advantage.v1.StepsKernel;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.TemperedKernel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kernel from the request to the answer, over a real port. */
final class KernelAnswersTest {
  private static final String FIRST = "2 + 3 = 5, so 5 * 4 = 20.";
  private static final String OTHER = "4 * 2 = 8 and 4 * 3 = 12, hence 8 + 12 = 20.";

  /** Right, right with the same text, right in another way, wrong. */
  private static final RolloutGroup GROUP = complete();

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server =
      TestServer.with(
          new CachingEmbedder(
              embedder, new EmbeddingCache(1 << 20, CacheObserver.NONE), CacheObserver.NONE),
          Map.of());

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
    GroupAdvantages answer = compute(GROUP, AdvantageConfig.newBuilder().setKernel(kernel));

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
    GroupAdvantages answer = compute(GROUP, AdvantageConfig.newBuilder().setKernel(kernel));

    assertThat(embedder.calls()).isEmpty();
    assertThat(answer.getRolloutsList()).extracting(RolloutAdvantage::getTokens).containsOnly(0);
    assertThat(answer.getDiversity().getAll().hasVendiScore()).isTrue();
  }

  @Test
  void cluster_isOneForEqualLabels() {
    assertThat(similarities(compute(GROUP, kernel(Kernel.KERNEL_CLUSTER))))
        .isDeepEqualTo(new double[][] {{1, 1, 0, 0}, {1, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}});
  }

  @Test
  void precomputed_isTheMatrixOfTheCaller() {
    assertThat(similarities(compute(GROUP, kernel(Kernel.KERNEL_PRECOMPUTED))))
        .isDeepEqualTo(
            new double[][] {{1, 1, 0.5, 0}, {1, 1, 0.5, 0}, {0.5, 0.5, 1, 0}, {0, 0, 0, 1}});
  }

  @Test
  void promptResidual_embedsThePromptWithTheTexts() {
    compute(GROUP, kernel(Kernel.KERNEL_PROMPT_RESIDUAL));

    assertThat(embedder.calls()).hasSize(1);
    assertThat(embedder.calls().get(0))
        .extracting(TextTask::text)
        .containsExactly(FIRST, OTHER, "I do not know.", "What is it?");
  }

  @Test
  void promptResidual_ofEmbeddings_projectsThePromptOut() {
    RolloutGroup vectors =
        group("a", embedded(1, 1, 1, 0), embedded(1, 1, 0, 1), embedded(1, 1, 1, 0)).toBuilder()
            .setPromptEmbeddingF32Le(embedded(0, 2, 0, 0).getEmbeddingF32Le())
            .build();

    double[][] matrix = similarities(compute(vectors, kernel(Kernel.KERNEL_PROMPT_RESIDUAL)));

    assertThat(matrix[0][1]).isCloseTo(0, within(1e-15));
    assertThat(matrix[0][2]).isEqualTo(1.0);
  }

  @Test
  void kernelText_isReadInPlaceOfText_andNeverEmbedded() {
    RolloutGroup.Builder said = GROUP.toBuilder();
    said.getRolloutsBuilder(2).setKernelText(FIRST);

    double[][] matrix = similarities(compute(said.build(), kernel(Kernel.KERNEL_STEPS)));
    compute(said.build(), kernel(Kernel.KERNEL_EMBEDDING_COSINE));

    assertThat(matrix[0][2]).isEqualTo(1.0);
    assertThat(embedder.calls().get(0)).extracting(TextTask::text).contains(OTHER);
  }

  @Test
  void kernelText_standsAlone_whereNothingIsEmbedded() {
    Rollout bare = Rollout.newBuilder().setReward(1).setKernelText(FIRST).build();

    GroupAdvantages answer = compute(group("a", bare, bare), kernel(Kernel.KERNEL_LEXICAL));

    assertThat(similarities(answer)[0][1]).isEqualTo(1.0);
  }

  @Test
  void composite_isComputedAndEchoed() {
    CompositeKernel lexical =
        CompositeKernel.newBuilder().setLexical(LexicalKernel.newBuilder().setOrder(1)).build();
    CompositeKernel steps =
        CompositeKernel.newBuilder()
            .setSteps(StepsKernel.newBuilder().setKind(StepKind.STEP_KIND_MATH))
            .build();
    CompositeKernel power =
        CompositeKernel.newBuilder()
            .setPower(KernelPower.newBuilder().setBase(lexical).setExponent(3))
            .build();
    CompositeKernel tempered =
        CompositeKernel.newBuilder()
            .setTempered(TemperedKernel.newBuilder().setBase(cosine()).setTemperature(0.25))
            .build();
    CompositeKernel composite =
        CompositeKernel.newBuilder()
            .setSum(
                KernelSum.newBuilder()
                    .addTerms(term(3, product(steps, power)))
                    .addTerms(term(1, tempered)))
            .build();

    GroupAdvantages answer =
        compute(GROUP, AdvantageConfig.newBuilder().setCompositeKernel(composite));

    assertThat(answer.getConfig().getCompositeKernel()).isEqualTo(composite);
    assertThat(answer.getConfig().getKernel()).isEqualTo(Kernel.KERNEL_UNSPECIFIED);
    double expected =
        (3 * entry(steps) * Math.pow(entry(lexical), 3) + Math.exp(-(1 - entry(cosine())) / 0.25))
            / 4;
    assertThat(similarities(answer)[0][2]).isCloseTo(expected, within(1e-14));
  }

  @Test
  void temperature_replacesTheKernelsOwn() {
    double cosine = entry(cosine());

    GroupAdvantages rbf =
        compute(GROUP, kernel(Kernel.KERNEL_EMBEDDING_RBF).setKernelTemperature(0.5));

    assertThat(similarities(rbf)[0][2]).isCloseTo(Math.exp(-(1 - cosine) / 0.5), within(1e-14));
    assertThat(rbf.getKernel().getTemperature()).isEqualTo(0.5);
    assertThat(rbf.getConfig().getKernelTemperature()).isEqualTo(0.5);
    assertThat(similarities(compute(GROUP, kernel(Kernel.KERNEL_EMBEDDING_RBF)))[0][2])
        .isLessThan(similarities(rbf)[0][2]);
  }

  @Test
  void calibration_bringsTheMedianOfCorrectRolloutsToOneHalf() {
    RolloutGroup group =
        GROUP.toBuilder()
            .setSimilarityF64Le(matrix(1, 0.9, 0.8, 0, 0.9, 1, 0.8, 0, 0.8, 0.8, 1, 0, 0, 0, 0, 1))
            .build();

    GroupAdvantages answer =
        compute(
            group,
            kernel(Kernel.KERNEL_PRECOMPUTED)
                .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN));

    assertThat(answer.getKernel().getMedianSimilarity()).isEqualTo(0.8);
    assertThat(answer.getKernel().getTemperature()).isCloseTo(0.2 / Math.log(2), within(1e-15));
    assertThat(similarities(answer)[0][2]).isCloseTo(0.5, within(1e-15));
    assertThat(answer.getConfig().getKernelCalibration())
        .isEqualTo(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);
    assertThat(answer.getConfig().hasKernelTemperature()).isFalse();
  }

  @Test
  void oneCorrectRollout_hasNoMedian() {
    RolloutGroup.Builder group = GROUP.toBuilder();
    group.getRolloutsBuilder(1).setReward(0);
    group.getRolloutsBuilder(2).setReward(0);

    GroupAdvantages answer = compute(group.build(), kernel(Kernel.KERNEL_LEXICAL));

    assertThat(answer.hasKernel()).isTrue();
    assertThat(answer.getKernel().hasMedianSimilarity()).isFalse();
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
        compute(failed.build(), kernel(kernel).setGold(GoldConfig.getDefaultInstance()));

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
        compute(solved, kernel(Kernel.KERNEL_PRECOMPUTED).setGold(GoldConfig.getDefaultInstance()));

    assertThat(answer.getGold().getOutcome()).isEqualTo(GoldOutcome.GOLD_OUTCOME_NOT_TRIGGERED);
    assertThat(similarities(answer)[0]).containsExactly(1, 0, 0, 0);
  }

  @Test
  void goldenText_withEmbeddingsOfRollouts_servesAKernelOfText() {
    RolloutGroup.Builder failed =
        group("a", embedded(0, 1, 0), embedded(0, 0, 1)).toBuilder().setGoldenAnswer(FIRST);
    failed.getRolloutsBuilderList().forEach(rollout -> rollout.setKernelText(FIRST));

    GroupAdvantages answer =
        compute(
            failed.build(), kernel(Kernel.KERNEL_STEPS).setGold(GoldConfig.getDefaultInstance()));

    assertThat(answer.getGold().getReplacedIndex()).isEqualTo(1);
    assertThat(similarities(answer)[0][1]).isEqualTo(1.0);
  }

  @Test
  void nothingSet_textsGetGeneral_othersGetEmbeddingOnly() {
    RolloutGroup vectors = group("a", embedded(1, 1, 0), embedded(1, 0, 1));
    RolloutGroup.Builder told = vectors.toBuilder();
    told.getRolloutsBuilderList().forEach(rollout -> rollout.setKernelText("x"));
    RolloutGroup hashed = group("a", hashed(FIRST), hashed(OTHER));
    submit(FIRST, OTHER);

    assertThat(defaultKernel(GROUP)).isEqualTo(Kernel.KERNEL_GENERAL);
    assertThat(defaultKernel(vectors)).isEqualTo(Kernel.KERNEL_EMBEDDING_ONLY);
    assertThat(defaultKernel(told.build())).isEqualTo(Kernel.KERNEL_GENERAL);
    assertThat(defaultKernel(hashed)).isEqualTo(Kernel.KERNEL_EMBEDDING_ONLY);
  }

  @Test
  void nothingSet_estimatorsWithAPublishedDefinitionKeepTheCosine() {
    for (Estimator estimator :
        List.of(
            Estimator.ESTIMATOR_DRA_GRPO,
            Estimator.ESTIMATOR_MMR_GRPO,
            Estimator.ESTIMATOR_DARLING,
            Estimator.ESTIMATOR_UNIQUENESS_AWARE,
            Estimator.ESTIMATOR_CUE_GRPO)) {
      GroupAdvantages answer = compute(GROUP, AdvantageConfig.newBuilder().setEstimator(estimator));
      assertThat(answer.getConfig().getKernel())
          .as("%s", estimator)
          .isEqualTo(Kernel.KERNEL_EMBEDDING_COSINE);
    }
  }

  @Test
  void grpoWithoutContent_isComputedAndMeasuresNothing() {
    Rollout bare = Rollout.newBuilder().setReward(1).build();

    GroupAdvantages answer =
        result(
                group("a", bare, bare),
                AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO),
                OutputOptions.getDefaultInstance())
            .getAdvantages();

    assertThat(answer.getRolloutsCount()).isEqualTo(2);
    assertThat(answer.hasDiversity()).isFalse();
    assertThat(answer.hasKernel()).isFalse();
    assertThat(answer.hasSimilarityF64Le()).isFalse();
  }

  @Test
  void defaultMetrics_whoseKernelLacksItsInput_areNotMeasured() {
    GroupAdvantages answer =
        result(
                group("a", rollout("x", 1), rollout("y", 0)),
                kernel(Kernel.KERNEL_CLUSTER).setEstimator(Estimator.ESTIMATOR_GRPO),
                OutputOptions.getDefaultInstance())
            .getAdvantages();

    assertThat(answer.hasDiversity()).isFalse();
    assertThat(answer.getRollouts(0).hasNearestCorrectIndex()).isFalse();
    assertThat(embedder.calls()).isEmpty();
  }

  @Test
  void matrix_comesOnlyWhereItIsAskedFor() {
    GroupResult plain =
        result(GROUP, kernel(Kernel.KERNEL_MATH), OutputOptions.getDefaultInstance());
    GroupResult alone =
        result(
            GROUP,
            kernel(Kernel.KERNEL_LEXICAL).setEstimator(Estimator.ESTIMATOR_GRPO),
            OutputOptions.newBuilder().setDiversity(false).setSimilarity(true).build());

    assertThat(plain.getAdvantages().hasSimilarityF64Le()).isFalse();
    assertThat(plain.getAdvantages().hasKernel()).isTrue();
    assertThat(alone.getAdvantages().hasSimilarityF64Le()).isTrue();
    assertThat(alone.getAdvantages().hasDiversity()).isFalse();
  }

  @Test
  void kernelOfAGroup_replacesTheRequests() {
    RolloutGroup named =
        GROUP.toBuilder().setConfig(kernel(Kernel.KERNEL_CLUSTER).setKernelTemperature(2)).build();
    RolloutGroup composite =
        GROUP.toBuilder()
            .setConfig(AdvantageConfig.newBuilder().setCompositeKernel(product(cosine())))
            .build();
    AdvantageConfig.Builder request =
        AdvantageConfig.newBuilder()
            .setCompositeKernel(product(named(Kernel.KERNEL_LEXICAL), cosine()))
            .setKernelCalibration(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);

    AdvantageConfig first = compute(named, request).getConfig();
    AdvantageConfig second = compute(composite, request).getConfig();
    AdvantageConfig third = compute(composite, kernel(Kernel.KERNEL_MATH)).getConfig();

    assertThat(first.getKernel()).isEqualTo(Kernel.KERNEL_CLUSTER);
    assertThat(first.getKernelTemperature()).isEqualTo(2);
    assertThat(first.getKernelCalibration()).isEqualTo(KernelCalibration.KERNEL_CALIBRATION_NONE);
    assertThat(second.getCompositeKernel()).isEqualTo(product(cosine()));
    assertThat(second.getKernelCalibration())
        .isEqualTo(KernelCalibration.KERNEL_CALIBRATION_GROUP_MEDIAN);
    assertThat(third.getCompositeKernel()).isEqualTo(product(cosine()));
  }

  @Test
  void prefetched_readsTheSameTexts() {
    submit(FIRST, OTHER, "I do not know.");
    var request =
        request(GROUP).toBuilder()
            .setOutput(OutputOptions.newBuilder().setSimilarity(true))
            .build();

    assertThat(server.client().computePrefetched(request).join().getResults(0).getAdvantages())
        .isEqualTo(compute(GROUP, AdvantageConfig.newBuilder()));
  }

  /** K of the first and the third rollout. */
  private double entry(CompositeKernel kernel) {
    return similarities(compute(GROUP, AdvantageConfig.newBuilder().setCompositeKernel(kernel)))[0][
        2];
  }

  private Kernel defaultKernel(RolloutGroup group) {
    return compute(group, AdvantageConfig.newBuilder()).getConfig().getKernel();
  }

  private GroupAdvantages compute(RolloutGroup group, AdvantageConfig.Builder config) {
    GroupResult result =
        result(group, config, OutputOptions.newBuilder().setSimilarity(true).build());
    assertThat(result.getError().getDetailsList()).isEmpty();
    return result.getAdvantages();
  }

  private GroupResult result(
      RolloutGroup group, AdvantageConfig.Builder config, OutputOptions output) {
    return server
        .client()
        .compute(request(group).toBuilder().setConfig(config).setOutput(output).build())
        .getResults(0);
  }

  private void submit(String... texts) {
    server
        .client()
        .submit(SubmitRolloutsRequest.newBuilder().addAllTexts(List.of(texts)).build())
        .join();
  }

  private static AdvantageConfig.Builder kernel(Kernel kernel) {
    return AdvantageConfig.newBuilder().setKernel(kernel);
  }

  private static Rollout hashed(String text) {
    return Rollout.newBuilder()
        .setContentSha256(
            ByteString.copyFrom(
                Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes()))
        .setReward(1)
        .build();
  }

  /** With everything that any kernel looks at. */
  private static RolloutGroup complete() {
    RolloutGroup.Builder group =
        group(
                "a",
                rollout(FIRST, 1),
                rollout(FIRST, 1),
                rollout(OTHER, 1),
                rollout("I do not know.", 0))
            .toBuilder()
            .setPrompt("What is it?")
            .setSimilarityF64Le(matrix(1, 1, 0.5, 0, 1, 1, 0.5, 0, 0.5, 0.5, 1, 0, 0, 0, 0, 1));
    String[] labels = {"first", "first", "other", "none"};
    for (int i = 0; i < labels.length; i++) {
      group.getRolloutsBuilder(i).setClusterLabel(labels[i]);
    }
    return group.build();
  }
}
