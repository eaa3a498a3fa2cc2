// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GroupResult;
import java.util.List;

/** One answer from the answers to the parts of a call. */
final class Joined {
  private Joined() {}

  /** A part's answer, with paths into the call in place of paths into the part. */
  static ComputeAdvantagesResponse moved(ComputePart part, ComputeAdvantagesResponse answer) {
    ComputeAdvantagesResponse.Builder moved = answer.toBuilder();
    for (int i = 0; i < answer.getResultsCount(); i++) {
      GroupResult result = answer.getResults(i);
      if (result.hasError()) {
        Status error = FieldPaths.moved(result.getError(), part::position);
        moved.setResults(i, result.toBuilder().setError(error));
      }
    }
    return moved.build();
  }

  /** All rows in order, as the answer to the call {@code requestId}. */
  static EmbedTextsResponse ofRows(String requestId, List<EmbedTextsResponse> answers) {
    EmbedTextsResponse first = answers.get(0);
    if (answers.size() == 1) {
      return first;
    }
    Source.requireOne(
        answers.stream().map(each -> Source.of(each.getModel(), each.getOrigin())).toList());
    EmbedTextsResponse.Builder joined = first.toBuilder().clearTokens().clearTruncatedTokens();
    answers.forEach(
        answer ->
            joined
                .addAllTokens(answer.getTokensList())
                .addAllTruncatedTokens(answer.getTruncatedTokensList()));
    return joined
        .setRequestId(requestId)
        .setEmbeddingsF32Le(
            ByteString.copyFrom(
                answers.stream().map(EmbedTextsResponse::getEmbeddingsF32Le).toList()))
        .build();
  }
}
