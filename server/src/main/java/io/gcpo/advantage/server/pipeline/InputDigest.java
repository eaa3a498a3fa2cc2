// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.OptionalDouble;

/** Says what of a group was scored, see {@code GroupAdvantages.input_sha256}. */
final class InputDigest {
  private static final byte[] NO_CONTENT = new byte[ContentDigest.BYTES];

  /** No reward is this: it is not finite. */
  private static final long NO_REWARD = -1;

  private InputDigest() {}

  /**
   * SHA-256 over the rollouts in order: the digest of each one's content, and its reward as it was
   * sent, whether or not it counts.
   */
  static ContentDigest of(GroupJob group) {
    MessageDigest whole = sha256();
    MessageDigest part = sha256();
    for (int i = 0; i < group.sentRewards().size(); i++) {
      whole.update(content(group.content(), i, part));
      whole.update(reward(group.sentRewards().get(i)));
    }
    return ContentDigest.ofBytes(whole.digest());
  }

  private static byte[] content(GroupJob.Content content, int rollout, MessageDigest part) {
    if (content instanceof GroupJob.Texts texts) {
      return texts.references().get(rollout).digest().toBytes();
    }
    if (content instanceof GroupJob.Embeddings given) {
      Embedding embedding = given.embeddings().get(rollout);
      ByteBuffer bytes =
          ByteBuffer.allocate(Float.BYTES * embedding.dimension()).order(ByteOrder.LITTLE_ENDIAN);
      embedding.putInto(bytes);
      return part.digest(bytes.array());
    }
    return NO_CONTENT;
  }

  private static byte[] reward(OptionalDouble reward) {
    long bits = reward.isPresent() ? Double.doubleToRawLongBits(reward.getAsDouble()) : NO_REWARD;
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("SHA-256: absent from this Java", impossible);
    }
  }
}
