// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes embeddings as [n, d] little-endian float32 rows. */
final class EmbedTextsWriter {
  private EmbedTextsWriter() {}

  /** Throws {@link InvalidRequestException} naming every text that is too long for its policy. */
  static EmbedTextsResponse write(String requestId, Origin origin, List<TextOutcome> outcomes) {
    TooLongTexts.throwIfAny(outcomes);
    LostTexts.throwIfAny(outcomes);
    EmbedTextsResponse.Builder response =
        EmbedTextsResponse.newBuilder()
            .setRequestId(requestId)
            .setModel(ResponseWriter.write(origin.model()))
            .setOrigin(origin.server())
            .setEffectiveTimeout(ResponseWriter.duration(origin.timeout()));
    ByteBuffer rows =
        ByteBuffer.allocate(
                Math.multiplyExact(
                    Math.multiplyExact(outcomes.size(), origin.model().dimension()), Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (TextOutcome outcome : outcomes) {
      if (outcome instanceof TextOutcome.Embedded embedded) {
        embedded.embedding().putInto(rows);
        response.addTokens(embedded.tokens()).addTruncatedTokens(embedded.truncatedTokens());
      }
    }
    return response.setEmbeddingsF32Le(ByteString.copyFrom(rows.flip())).build();
  }
}
