// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.pipeline.Limit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads the embeddings that a caller gives, each [d] as little-endian float32. */
final class EmbeddingParser {
  private final int expectedBytes;
  private final int maxDimension;
  private final Violations violations;

  /**
   * For the embeddings of one group.
   *
   * @param expectedBytes of the first one; the others must have as many
   */
  EmbeddingParser(int expectedBytes, int maxDimension, Violations violations) {
    this.expectedBytes = expectedBytes;
    this.maxDimension = maxDimension;
    this.violations = violations;
  }

  /** The embedding at {@code path}; empty if it is not sound. */
  Optional<Embedding> parse(ByteString bytes, String path) {
    if (bytes.isEmpty() || bytes.size() % Float.BYTES != 0) {
      violations.invalid(
          path, bytes.size() + " bytes (expected: a multiple of 4 bytes, at least 4)");
      return Optional.empty();
    }
    if (bytes.size() / Float.BYTES > maxDimension) {
      violations.overLimit(
          Limit.EMBEDDING_DIMENSION, path, bytes.size() / Float.BYTES + " values", maxDimension);
      return Optional.empty();
    }
    if (bytes.size() != expectedBytes) {
      violations.invalid(
          path, "%d bytes (expected: %d as in rollouts[0])".formatted(bytes.size(), expectedBytes));
      return Optional.empty();
    }
    return finite(bytes, path);
  }

  private Optional<Embedding> finite(ByteString bytes, String path) {
    float[] values = new float[bytes.size() / Float.BYTES];
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    for (int k = 0; k < values.length; k++) {
      values[k] = buffer.getFloat();
      if (!Float.isFinite(values[k])) {
        violations.invalid(path + "[" + k + "]", values[k] + " (expected: finite)");
        return Optional.empty();
      }
    }
    return Optional.of(Embedding.copyOf(values));
  }
}
