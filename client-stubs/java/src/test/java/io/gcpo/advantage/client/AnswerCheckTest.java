// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Distortion.assertRefused;
import static io.gcpo.advantage.client.Distortion.assertTaken;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
  private static final EmbedTextsRequest EMBED =
      EmbedTextsRequest.newBuilder().addTexts("a").addTexts("b").build();

  @Test
  void compute_fittingAnswer_isReturned() {
    assertTaken(answer -> {});
  }

  @Test
  void compute_groupError_isData() {
    assertTaken(
        answer -> answer.getResultsBuilder(1).setError(Status.newBuilder().setCode(3).build()));
  }

  @Test
  void compute_otherRequestIdOrModel_isRefused() {
    assertRefused(
        answer -> answer.setRequestId("other"), "request_id: \"other\" (expected: \"request-1\")");
    ComputeAdvantagesRequest small = Answers.request().toBuilder().setModel("small").build();
    assertRefused(
        ComputePart.whole(small),
        answer -> answer.getModelBuilder().setName("large"),
        "model.name: \"large\" (expected: \"small\")");
  }

  @Test
  void compute_missingSurplusOrSwappedResults_areRefused() {
    assertRefused(answer -> answer.removeResults(1), "results: length 1 (expected: length 2)");
    assertRefused(
        answer -> answer.addResults(answer.getResults(0)),
        "results: length 3 (expected: length 2)");
    assertRefused(
        answer -> {
          GroupResult first = answer.getResults(0);
          answer.setResults(0, answer.getResults(1)).setResults(1, first);
        },
        "results[0].group_id: \"b\" (expected: \"a\")");
  }

  @Test
  void compute_missingOutcomeOrCode_isRefused() {
    assertRefused(
        answer -> answer.getResultsBuilder(1).clearOutcome(),
        "results[1].outcome: unset (expected: advantages or error)");
    assertRefused(
        answer -> answer.getResultsBuilder(1).setError(Status.getDefaultInstance()),
        "results[1].error.code: 0 (expected: a code other than OK)");
  }

  @Test
  void compute_partOfACall_isNamedByTheCallsPositionsAndWasNormalisedAlone() {
    ComputePart part = new ComputePart(Answers.request(), List.of(4, 9), false);

    assertRefused(
        part,
        answer -> answer.getResultsBuilder(1).setGroupId("x"),
        "results[9].group_id: \"x\" (expected: \"b\")");
    assertRefused(
        part,
        answer -> answer.getResultsBuilder(1).getAdvantagesBuilder().setBatchGroups(2),
        "results[9].advantages.batch_groups: 2 (expected: 0, as not all groups were sent together)");
  }

  @Test
  void embed_embeddingsThatDoNotFit_areRefused() {
    refused(embeddings(2, new byte[12]), "embeddings_f32_le: 12 bytes (expected: 16 bytes)");
    refused(embeddings(0, new byte[16]), "model.dimension: 0 (expected: >= 1)");
    refused(
        embeddings(1, new byte[] {0, 0, 0, 0, 0, 0, (byte) 0x80, 0x7f}),
        "embeddings_f32_le: Infinity (expected: finite)");
    refused(
        () ->
            AnswerCheck.checked(
                EMBED.toBuilder().setRequestId("r").build(),
                EmbedTextsResponse.getDefaultInstance()),
        "request_id: \"\" (expected: \"r\")");
    refused(
        () ->
            AnswerCheck.checked(
                EMBED.toBuilder().setModel("small").build(),
                EmbedTextsResponse.getDefaultInstance()),
        "model.name: \"\" (expected: \"small\")");
  }

  @Test
  void otherFingerprint_isRefused() {
    String problem = "model.fingerprint: \"\" (expected: \"abc\")";
    assertRefused(
        ComputePart.whole(Answers.request().toBuilder().setExpectedModelFingerprint("abc").build()),
        answer -> {},
        problem);
    refused(
        () ->
            AnswerCheck.checked(
                EMBED.toBuilder().setExpectedModelFingerprint("abc").build(),
                EmbedTextsResponse.getDefaultInstance()),
        problem);
    RolloutGroup group = Answers.request().getGroups(0);
    refused(
        () ->
            AnswerCheck.checked(
                StreamHeader.newBuilder().setExpectedModelFingerprint("abc").build(),
                group,
                StreamAdvantagesResponse.getDefaultInstance()),
        problem);
  }

  @Test
  void tokens_notOfEachText_areRefused() {
    EmbedTextsResponse.Builder embedded =
        EmbedTextsResponse.newBuilder()
            .setModel(ModelIdentity.newBuilder().setDimension(1))
            .setEmbeddingsF32Le(ByteString.copyFrom(new byte[8]))
            .addTokens(1)
            .addTruncatedTokens(0)
            .addTruncatedTokens(0);
    refused(
        () -> AnswerCheck.checked(EMBED, embedded.build()),
        "tokens: length 1 (expected: length 2)");
    SubmitRolloutsRequest request = SubmitRolloutsRequest.newBuilder().addTexts("a").build();
    refused(
        () ->
            AnswerCheck.checked(
                request,
                SubmitRolloutsResponse.newBuilder()
                    .addContentSha256(Sha256.of(ByteString.copyFromUtf8("a")))
                    .addTokens(1)
                    .build()),
        "truncated_tokens: length 0 (expected: length 1)");
  }

  @Test
  void submit_hashesThatAreNotTheTexts_areRefused() {
    SubmitRolloutsRequest request =
        SubmitRolloutsRequest.newBuilder().addTexts("a").addTexts("b").build();
    ByteString a = Sha256.of(ByteString.copyFromUtf8("a"));

    refused(submitted(request, a), "content_sha256: length 1 (expected: length 2)");
    refused(
        submitted(request, a, a),
        "content_sha256[1]: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
            + " (expected: 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d)");
    refused(
        submitted(request.toBuilder().setModel("small").build(), a, a),
        "model.name: \"\" (expected: \"small\")");
    refused(
        submitted(request.toBuilder().setRequestId("r").build(), a, a),
        "request_id: \"\" (expected: \"r\")");
  }

  private static ThrowingCallable embeddings(int dimension, byte[] rows) {
    EmbedTextsResponse answer =
        EmbedTextsResponse.newBuilder()
            .setModel(ModelIdentity.newBuilder().setDimension(dimension))
            .setEmbeddingsF32Le(ByteString.copyFrom(rows))
            .build();
    return () -> AnswerCheck.checked(EMBED, answer);
  }

  private static ThrowingCallable submitted(SubmitRolloutsRequest request, ByteString... hashes) {
    SubmitRolloutsResponse answer =
        SubmitRolloutsResponse.newBuilder().addAllContentSha256(List.of(hashes)).build();
    return () -> AnswerCheck.checked(request, answer);
  }

  private static void refused(ThrowingCallable check, String message) {
    assertThatThrownBy(check).isInstanceOf(InvalidAnswerException.class).hasMessage(message);
  }
}
