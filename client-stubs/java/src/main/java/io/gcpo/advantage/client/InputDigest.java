// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a group asks to be scored, as {@code GroupAdvantages.input_sha256} defines it: the same for
 * a text and for its hash.
 */
final class InputDigest {
  private static final ByteString NO_CONTENT = ByteString.copyFrom(new byte[Sha256.BYTES]);
  private static final long NO_REWARD = -1L;

  private InputDigest() {}

  /** The 32 bytes that an answer to the group carries. */
  static ByteString of(RolloutGroup group) {
    Sha256 digest = new Sha256();
    ByteBuffer reward = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Rollout rollout : group.getRolloutsList()) {
      digest.add(content(rollout));
      long bits = rollout.hasReward() ? Double.doubleToRawLongBits(rollout.getReward()) : NO_REWARD;
      digest.add(reward.clear().putLong(bits).flip());
    }
    return digest.finish();
  }

  private static ByteString content(Rollout rollout) {
    return switch (rollout.getContentCase()) {
      case TEXT -> Sha256.of(rollout.getTextBytes());
      case EMBEDDING_F32_LE -> Sha256.of(rollout.getEmbeddingF32Le());
      case CONTENT_SHA256 -> rollout.getContentSha256();
      case CONTENT_NOT_SET -> NO_CONTENT;
    };
  }
}
