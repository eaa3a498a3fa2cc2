// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GoldOutcome;
import io.gcpo.advantage.v1.GoldResult;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
  @Test
  void compute_fittingAnswer_isReturned() {
    ComputeAdvantagesResponse answer = Answers.to(Answers.request());

    assertThat(AnswerCheck.checked(Answers.request(), answer)).isSameAs(answer);
  }

  @Test
  void compute_groupError_isData() {
    ComputeAdvantagesResponse answer =
        distorted(
            builder ->
                builder.getResultsBuilder(1).setError(Status.newBuilder().setCode(3).build()));

    assertThat(AnswerCheck.checked(Answers.request(), answer)).isSameAs(answer);
  }

  @Test
  void compute_otherRequestId_isRefused() {
    assertRefused(
        builder -> builder.setRequestId("other"),
        "request_id: \"other\" (expected: \"request-1\")");
  }

  @Test
  void compute_missingResult_isRefused() {
    assertRefused(builder -> builder.removeResults(1), "results: length 1 (expected: length 2)");
  }

  @Test
  void compute_surplusResult_isRefused() {
    assertRefused(
        builder -> builder.addResults(builder.getResults(0)),
        "results: length 3 (expected: length 2)");
  }

  @Test
  void compute_swappedResults_areRefused() {
    assertRefused(
        builder -> {
          GroupResult first = builder.getResults(0);
          builder.setResults(0, builder.getResults(1)).setResults(1, first);
        },
        "results[0].group_id: \"b\" (expected: \"a\")");
  }

  @Test
  void compute_missingOutcome_isRefused() {
    assertRefused(
        builder -> builder.getResultsBuilder(1).clearOutcome(),
        "results[1].outcome: unset (expected: advantages or error)");
  }

  @Test
  void compute_errorWithCodeOk_isRefused() {
    assertRefused(
        builder -> builder.getResultsBuilder(1).setError(Status.getDefaultInstance()),
        "results[1].error.code: 0 (expected: a code other than OK)");
  }

  @Test
  void compute_matrixThatWasAskedForAndDoesNotFit_isRefused() {
    ComputeAdvantagesRequest request =
        Answers.request().toBuilder()
            .setOutput(OutputOptions.newBuilder().setSimilarity(true))
            .build();
    ComputeAdvantagesResponse.Builder answer = Answers.to(request).toBuilder();
    answer
        .getResultsBuilderList()
        .forEach(result -> result.getAdvantagesBuilder().setSimilarityF64Le(matrix(result)));

    assertThat(AnswerCheck.checked(request, answer.build())).isEqualTo(answer.build());
    answer.getResultsBuilder(0).getAdvantagesBuilder().clearSimilarityF64Le();
    assertThatThrownBy(() -> AnswerCheck.checked(request, answer.build()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("results[0].advantages.similarity_f64_le: 0 bytes (expected: 32 bytes)");
  }

  private static ByteString matrix(GroupResult.Builder result) {
    int rollouts = result.getAdvantages().getRolloutsCount();
    return ByteString.copyFrom(new byte[rollouts * rollouts * Double.BYTES]);
  }

  @Test
  void compute_missingRollout_isRefused() {
    assertRefused(
        builder -> builder.getResultsBuilder(0).getAdvantagesBuilder().removeRollouts(0),
        "results[0].advantages.rollouts: length 1 (expected: length 2)");
  }

  @Test
  void compute_otherRolloutId_isRefused() {
    assertRefused(
        builder -> rollout(builder).setRolloutId("x"),
        "results[0].advantages.rollouts[1].rollout_id: \"x\" (expected: \"a1\")");
  }

  @Test
  void compute_notFiniteNumbers_areRefused() {
    assertRefused(
        builder -> rollout(builder).setAdvantage(Double.NaN),
        "results[0].advantages.rollouts[1].advantage: NaN (expected: finite)");
    assertRefused(
        builder -> rollout(builder).setCredit(Double.POSITIVE_INFINITY),
        "results[0].advantages.rollouts[1].credit: Infinity (expected: finite)");
    assertRefused(
        builder -> rollout(builder).setScaledCredit(Double.NaN),
        "results[0].advantages.rollouts[1].scaled_credit: NaN (expected: finite)");
    assertRefused(
        builder -> rollout(builder).setCreditStandardError(Double.NaN),
        "results[0].advantages.rollouts[1].credit_standard_error: NaN (expected: finite)");
    assertRefused(
        builder -> rollout(builder).setImportanceRatio(Double.POSITIVE_INFINITY),
        "results[0].advantages.rollouts[1].importance_ratio: Infinity (expected: finite)");
  }

  @Test
  void compute_goldInNoPlaceOfTheGroup_isRefused() {
    assertRefused(
        builder -> gold(builder).setReplacedIndex(2),
        "results[0].advantages.gold.replaced_index: 2 (expected: below 2)");
    assertRefused(
        builder -> gold(builder).setReplacedRolloutId("b0"),
        "results[0].advantages.gold.replaced_rollout_id: \"b0\" (expected: \"a1\")");
    assertRefused(
        builder -> gold(builder).setAdvantage(Double.NaN),
        "results[0].advantages.gold.advantage: NaN (expected: finite)");
    assertThat(AnswerCheck.checked(Answers.request(), distorted(AnswerCheckTest::gold)))
        .isNotNull();
  }

  @Test
  void compute_refusal_namesThePath() {
    ComputeAdvantagesResponse answer =
        distorted(builder -> rollout(builder).setAdvantage(Double.NaN));

    assertThatThrownBy(() -> AnswerCheck.checked(Answers.request(), answer))
        .isInstanceOfSatisfying(
            InvalidAnswerException.class,
            refusal ->
                assertThat(refusal.path())
                    .isEqualTo("results[0].advantages.rollouts[1].advantage"));
  }

  @Test
  void embed_wrongLength_isRefused() {
    EmbedTextsRequest request = EmbedTextsRequest.newBuilder().addTexts("a").addTexts("b").build();
    EmbedTextsResponse answer =
        EmbedTextsResponse.newBuilder()
            .setModel(ModelIdentity.newBuilder().setDimension(2))
            .setEmbeddingsF32Le(ByteString.copyFrom(new byte[12]))
            .build();

    assertThatThrownBy(() -> AnswerCheck.checked(request, answer))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("embeddings_f32_le: 12 bytes (expected: 16 bytes)");
  }

  @Test
  void embed_notFiniteNumber_isRefused() {
    byte[] infinity = {0, 0, (byte) 0x80, 0x7f};
    EmbedTextsRequest request = EmbedTextsRequest.newBuilder().addTexts("a").build();
    EmbedTextsResponse answer =
        EmbedTextsResponse.newBuilder()
            .setModel(ModelIdentity.newBuilder().setDimension(1))
            .setEmbeddingsF32Le(ByteString.copyFrom(infinity))
            .build();

    assertThatThrownBy(() -> AnswerCheck.checked(request, answer))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("embeddings_f32_le: Infinity (expected: finite)");
  }

  @Test
  void embed_noDimension_isRefused() {
    assertThatThrownBy(
            () ->
                AnswerCheck.checked(
                    EmbedTextsRequest.getDefaultInstance(),
                    EmbedTextsResponse.getDefaultInstance()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("model.dimension: 0 (expected: >= 1)");
  }

  @Test
  void embedAndSubmit_otherModel_areRefused() {
    EmbedTextsRequest embed = EmbedTextsRequest.newBuilder().setModel("small").build();
    SubmitRolloutsRequest submit = SubmitRolloutsRequest.newBuilder().setModel("small").build();

    assertThatThrownBy(() -> AnswerCheck.checked(embed, EmbedTextsResponse.getDefaultInstance()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("model.name: \"\" (expected: \"small\")");
    assertThatThrownBy(
            () -> AnswerCheck.checked(submit, SubmitRolloutsResponse.getDefaultInstance()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("model.name: \"\" (expected: \"small\")");
  }

  private static void assertRefused(
      Consumer<ComputeAdvantagesResponse.Builder> distortion, String message) {
    ComputeAdvantagesResponse answer = distorted(distortion);

    assertThatThrownBy(() -> AnswerCheck.checked(Answers.request(), answer))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage(message);
  }

  private static ComputeAdvantagesResponse distorted(
      Consumer<ComputeAdvantagesResponse.Builder> distortion) {
    ComputeAdvantagesResponse.Builder builder = Answers.to(Answers.request()).toBuilder();
    distortion.accept(builder);
    return builder.build();
  }

  private static RolloutAdvantage.Builder rollout(ComputeAdvantagesResponse.Builder builder) {
    return builder.getResultsBuilder(0).getAdvantagesBuilder().getRolloutsBuilder(1);
  }

  /** A golden answer in the place of the second rollout. */
  private static GoldResult.Builder gold(ComputeAdvantagesResponse.Builder builder) {
    return builder
        .getResultsBuilder(0)
        .getAdvantagesBuilder()
        .getGoldBuilder()
        .setOutcome(GoldOutcome.GOLD_OUTCOME_REPLACED)
        .setReplacedIndex(1)
        .setReplacedRolloutId("a1");
  }
}
