// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.pipeline.GroupRejection.Reason;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes embeddings as [n, d] little-endian float32 rows. */
final class EmbedTextsWriter {
  private EmbedTextsWriter() {}

  /** Throws {@link InvalidRequestException} naming every text that is too long for its policy. */
  static EmbedTextsResponse write(
      String requestId, ModelIdentity model, List<TextOutcome> outcomes) {
    EmbedTextsResponse.Builder response =
        EmbedTextsResponse.newBuilder()
            .setRequestId(requestId)
            .setModel(ResponseWriter.write(model));
    ByteBuffer rows =
        ByteBuffer.allocate(
                Math.multiplyExact(
                    Math.multiplyExact(outcomes.size(), model.dimension()), Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    List<Violation> tooLong = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded embedded) {
        embedded.embedding().putInto(rows);
        response.addTokens(embedded.tokens()).addTruncatedTokens(embedded.truncatedTokens());
      } else if (outcomes.get(i) instanceof TextOutcome.TooLong text) {
        tooLong.add(
            new Violation(
                "texts[" + i + "]",
                "%d tokens (expected: <= %d)".formatted(text.tokens(), text.maxTokens())));
      }
    }
    if (!tooLong.isEmpty()) {
      throw new InvalidRequestException(Reason.INPUT_TOO_LONG.name(), tooLong);
    }
    return response.setEmbeddingsF32Le(ByteString.copyFrom(rows.flip())).build();
  }
}
