// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.embedding.tokenizer.Surrogates;
import java.nio.ByteBuffer;

/**
 * SHA-256 of a text as UTF-8 and of nothing else, so that a caller computes the same. Immutable.
 *
 * <p>Its bytes are kept as numbers: a digest is half of what the cache keeps beside an embedding.
 */
public record ContentDigest(long first, long second, long third, long fourth) {
  /** Of every digest. */
  public static final int BYTES = 32;

  /** The digest of a text. */
  public static ContentDigest of(String text) {
    // As the tokenizer reads it; left alone, a lone surrogate would become a question mark.
    return ofBytes(Hashing.sha256().hashString(Surrogates.replaceLone(text), UTF_8).asBytes());
  }

  /**
   * The digest that has these bytes.
   *
   * @throws IllegalArgumentException if they are not {@link #BYTES}
   */
  public static ContentDigest ofBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "digest: %d bytes (expected: %d)".formatted(bytes.length, BYTES));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ContentDigest(
        buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  /** Its 32 bytes. The caller's own. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
  }

  /** Any bits of a digest are as good as all. */
  @Override
  public int hashCode() {
    return (int) first;
  }
}
