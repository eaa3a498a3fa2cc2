// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.v1.Rollout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Reads the embeddings that a caller gives: [n, d] as n little-endian float32 rows. */
final class EmbeddingParser {
  private EmbeddingParser() {}

  /** The rows that are sound; what is wrong with the others goes to {@code violations}. */
  static List<Embedding> parse(
      List<Rollout> rollouts, String groupPath, int maxDimension, Violations violations) {
    ImmutableList.Builder<Embedding> embeddings = ImmutableList.builder();
    int expected = rollouts.get(0).getEmbeddingF32Le().size();
    for (int i = 0; i < rollouts.size(); i++) {
      ByteString bytes = rollouts.get(i).getEmbeddingF32Le();
      String path = "%s.rollouts[%d].embedding_f32_le".formatted(groupPath, i);
      if (bytes.isEmpty() || bytes.size() % Float.BYTES != 0) {
        violations.invalid(
            path, bytes.size() + " bytes (expected: a multiple of 4 bytes, at least 4)");
      } else if (bytes.size() / Float.BYTES > maxDimension) {
        violations.overLimit(path, bytes.size() / Float.BYTES + " values", maxDimension);
      } else if (bytes.size() != expected) {
        violations.invalid(
            path, "%d bytes (expected: %d as in rollouts[0])".formatted(bytes.size(), expected));
      } else {
        addFinite(bytes, path, embeddings, violations);
      }
    }
    return embeddings.build();
  }

  private static void addFinite(
      ByteString bytes,
      String path,
      ImmutableList.Builder<Embedding> embeddings,
      Violations violations) {
    float[] values = new float[bytes.size() / Float.BYTES];
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < values.length; k++) {
      values[k] = buffer.getFloat();
      if (!Float.isFinite(values[k])) {
        violations.invalid(path + "[" + k + "]", values[k] + " (expected: finite)");
        return;
      }
    }
    embeddings.add(Embedding.copyOf(values));
  }
}
