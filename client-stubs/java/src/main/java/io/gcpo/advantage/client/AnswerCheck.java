// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Compares an answer with its question: everything asked for is there, once, in order, finite. Each
 * method returns the answer or throws {@link InvalidAnswerException}.
 */
final class AnswerCheck {
  private AnswerCheck() {}

  static ComputeAdvantagesResponse checked(ComputePart part, ComputeAdvantagesResponse answer) {
    ComputeAdvantagesRequest request = part.request();
    Expect.equal("request_id", answer.getRequestId(), request.getRequestId());
    requireModel(answer.getModel(), request.getModel(), request.getExpectedModelFingerprint());
    Expect.length("results", answer.getResultsCount(), request.getGroupsCount());
    // Advantages that were normalised over a part of the call are wrong, however finite.
    GroupCheck check =
        new GroupCheck(request.getOutput(), part.whole() ? request.getGroupsCount() : 0);
    for (int i = 0; i < request.getGroupsCount(); i++) {
      check.check(
          "results[" + part.positions().get(i) + "]", request.getGroups(i), answer.getResults(i));
    }
    return answer;
  }

  static StreamAdvantagesResponse checked(
      StreamHeader header, RolloutGroup group, StreamAdvantagesResponse answer) {
    requireModel(answer.getModel(), header.getModel(), header.getExpectedModelFingerprint());
    new GroupCheck(header.getOutput(), 0).check("result", group, answer.getResult());
    return answer;
  }

  static EmbedTextsResponse checked(EmbedTextsRequest request, EmbedTextsResponse answer) {
    Expect.equal("request_id", answer.getRequestId(), request.getRequestId());
    requireModel(answer.getModel(), request.getModel(), request.getExpectedModelFingerprint());
    int dimension = answer.getModel().getDimension();
    if (dimension <= 0) {
      throw new InvalidAnswerException("model.dimension", dimension, ">= 1");
    }
    ByteString embeddings = answer.getEmbeddingsF32Le();
    Expect.bytes(
        "embeddings_f32_le",
        embeddings.size(),
        (long) request.getTextsCount() * dimension * Float.BYTES);
    FloatBuffer numbers =
        embeddings.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    while (numbers.hasRemaining()) {
      Expect.finite("embeddings_f32_le", numbers.get());
    }
    requireTokens(
        answer.getTokensCount(), answer.getTruncatedTokensCount(), request.getTextsCount());
    return answer;
  }

  static SubmitRolloutsResponse checked(
      SubmitRolloutsRequest request, SubmitRolloutsResponse answer) {
    Expect.equal("request_id", answer.getRequestId(), request.getRequestId());
    requireModel(answer.getModel(), request.getModel(), request.getExpectedModelFingerprint());
    Expect.length("content_sha256", answer.getContentSha256Count(), request.getTextsCount());
    for (int i = 0; i < request.getTextsCount(); i++) {
      ByteString expected = Sha256.of(request.getTextsBytes(i));
      Expect.digest("content_sha256[" + i + "]", answer.getContentSha256(i), expected);
    }
    requireTokens(
        answer.getTokensCount(), answer.getTruncatedTokensCount(), request.getTextsCount());
    return answer;
  }

  /** Of each text: in an answer that is joined with others, a gap would shift all that follow. */
  private static void requireTokens(int tokens, int truncatedTokens, int texts) {
    Expect.length("tokens", tokens, texts);
    Expect.length("truncated_tokens", truncatedTokens, texts);
  }

  /** A server that does not know the fields would answer with whatever model it has. */
  private static void requireModel(ModelIdentity model, String name, String fingerprint) {
    if (!name.isEmpty()) {
      Expect.equal("model.name", model.getName(), name);
    }
    if (!fingerprint.isEmpty()) {
      Expect.equal("model.fingerprint", model.getFingerprint(), fingerprint);
    }
  }
}
