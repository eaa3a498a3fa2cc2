// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Distortion.assertGroupRefused;
import static io.gcpo.advantage.client.Distortion.assertGroupTaken;
import static io.gcpo.advantage.client.Distortion.assertRefused;
import static io.gcpo.advantage.client.Distortion.assertTaken;
import static io.gcpo.advantage.client.Distortion.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.OutputOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GroupCheckTest {
  private static final ComputeAdvantagesRequest WITH_MATRIX =
      with(OutputOptions.newBuilder().setSimilarity(true));
  private static final ComputeAdvantagesRequest WITH_PASS_AT_K =
      with(OutputOptions.newBuilder().addPassAtK(1).addPassAtK(8));

  @Test
  void missingOrSurplusRollouts_areRefused() {
    assertGroupRefused(group -> group.removeRollouts(1), "rollouts: length 1 (expected: length 2)");
    assertGroupRefused(
        group -> group.addRollouts(group.getRollouts(0)),
        "rollouts: length 3 (expected: length 2)");
  }

  @Test
  void answerToAnotherQuestion_isRefused() {
    String expected =
        HexFormat.of().formatHex(InputDigest.of(Answers.request().getGroups(0)).toByteArray());

    assertGroupRefused(
        group -> group.clearInputSha256(), "input_sha256: absent (expected: " + expected + ")");
    assertGroupRefused(
        group -> group.setInputSha256(ByteString.copyFrom(new byte[32])),
        "input_sha256: " + "00".repeat(32) + " (expected: " + expected + ")");
  }

  @Test
  void batchOfMoreGroupsThanWereSent_isRefused() {
    assertGroupTaken(group -> group.setBatchGroups(2));
    assertGroupRefused(group -> group.setBatchGroups(3), "batch_groups: 3 (expected: at most 2)");
    assertGroupRefused(
        group -> group.setBatchGroups(-1), "batch_groups: 4294967295 (expected: at most 2)");
  }

  @Test
  void numbersOfTheGroup_outOfRange_areRefused() {
    assertGroupRefused(
        group -> group.setTeamValue(Double.NaN), "team_value: NaN (expected: finite)");
    assertGroupRefused(
        group -> group.setCreditStandardError(-0.1),
        "credit_standard_error: -0.1 (expected: finite, >= 0)");
    assertGroupRefused(
        group -> group.getKernelBuilder().setMedianSimilarity(Double.NaN),
        "kernel.median_similarity: NaN (expected: finite)");
    assertGroupRefused(
        group -> group.getKernelBuilder().setTemperature(-1),
        "kernel.temperature: -1.0 (expected: finite, >= 0)");
  }

  @Test
  void matrix_thatWasAskedForAndDoesNotFit_isRefused() {
    assertTaken(
        WITH_MATRIX, answer -> answer.getResultsBuilderList().forEach(GroupCheckTest::addMatrix));
    assertGroupRefused(WITH_MATRIX, group -> {}, "similarity_f64_le: absent (expected: present)");
    assertGroupRefused(
        WITH_MATRIX,
        group -> group.setSimilarityF64Le(ByteString.copyFrom(new byte[24])),
        "similarity_f64_le: 24 bytes (expected: 32 bytes)");
    ByteBuffer matrix = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    matrix.putDouble(24, Double.NEGATIVE_INFINITY);
    assertGroupRefused(
        WITH_MATRIX,
        group -> group.setSimilarityF64Le(ByteString.copyFrom(matrix.rewind())),
        "similarity_f64_le: -Infinity (expected: finite)");
  }

  @Test
  void matrix_thatWasNotAskedFor_isRefused() {
    assertGroupRefused(
        group -> group.setSimilarityF64Le(ByteString.EMPTY),
        "similarity_f64_le: present (expected: absent)");
  }

  @Test
  void metrics_notFinite_areRefused() {
    assertGroupRefused(
        group -> group.getDiversityBuilder().getAllBuilder().setVendiScore(Double.NaN),
        "diversity.all.vendi_score: NaN (expected: finite)");
    assertGroupRefused(
        group ->
            group.getDiversityBuilder().getCorrectBuilder().setSelfBleu(Double.POSITIVE_INFINITY),
        "diversity.correct.self_bleu: Infinity (expected: finite)");
  }

  @Test
  void passAtK_ofAnotherKOrRange_isRefused() {
    assertTaken(
        WITH_PASS_AT_K,
        answer -> first(answer).getDiversityBuilder().addPassAtKBuilder().setK(8).setValue(1));
    assertRefused(
        ComputePart.whole(WITH_PASS_AT_K),
        answer -> first(answer).getDiversityBuilder().addPassAtKBuilder().setK(2),
        "results[0].advantages.diversity.pass_at_k[0].k: 2 (expected: one of [1, 8])");
    for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
      assertGroupRefused(
          WITH_PASS_AT_K,
          group -> group.getDiversityBuilder().addPassAtKBuilder().setK(1).setValue(bad),
          "diversity.pass_at_k[0].value: " + bad + " (expected: in [0, 1])");
    }
  }

  @Test
  void refusal_namesThePath() {
    assertThatThrownBy(
            () -> AnswerCheck.checked(ComputePart.whole(WITH_MATRIX), Answers.to(WITH_MATRIX)))
        .isInstanceOfSatisfying(
            InvalidAnswerException.class,
            refusal ->
                assertThat(refusal.path()).isEqualTo("results[0].advantages.similarity_f64_le"));
  }

  private static ComputeAdvantagesRequest with(OutputOptions.Builder output) {
    return Answers.request().toBuilder().setOutput(output).build();
  }

  private static void addMatrix(GroupResult.Builder result) {
    int rollouts = result.getAdvantages().getRolloutsCount();
    result
        .getAdvantagesBuilder()
        .setSimilarityF64Le(ByteString.copyFrom(new byte[rollouts * rollouts * Double.BYTES]));
  }
}
