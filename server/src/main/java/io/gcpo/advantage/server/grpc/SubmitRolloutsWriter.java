// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.UnsafeByteOperations;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import java.util.List;

/** Writes what texts were submitted, by their digests. */
final class SubmitRolloutsWriter {
  private SubmitRolloutsWriter() {}

  /** Throws {@link InvalidRequestException} naming every text that is too long for its policy. */
  static SubmitRolloutsResponse write(
      String requestId, Origin origin, List<TextTask> texts, List<TextOutcome> outcomes) {
    TooLongTexts.throwIfAny(outcomes);
    LostTexts.throwIfAny(outcomes);
    SubmitRolloutsResponse.Builder response =
        SubmitRolloutsResponse.newBuilder()
            .setRequestId(requestId)
            .setModel(ResponseWriter.write(origin.model()))
            .setOrigin(origin.server())
            .setEffectiveTimeout(ResponseWriter.duration(origin.timeout()));
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded embedded) {
        response
            .addContentSha256(
                UnsafeByteOperations.unsafeWrap(texts.get(i).content().digest().toBytes()))
            .addTokens(embedded.tokens())
            .addTruncatedTokens(embedded.truncatedTokens());
      }
    }
    return response.build();
  }
}
