// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.pipeline.TextReference;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a group's rollouts, by themselves or by their digests, the same object whoever asks:
 * the digest of a text is then computed once. Nothing is checked here. One thread's, for one group.
 */
final class RolloutTexts {
  private final List<Rollout> rollouts;
  private final @Nullable TextReference[] contents;

  RolloutTexts(RolloutGroup group) {
    this.rollouts = group.getRolloutsList();
    this.contents = new @Nullable TextReference[rollouts.size()];
  }

  /** Whether a rollout brings what kernels of text read. */
  static boolean isCompared(Rollout rollout) {
    return rollout.hasKernelText() || rollout.hasText() || rollout.hasContentSha256();
  }

  /** A rollout's content; empty where it is another, or a digest of another length. */
  Optional<TextReference> content(int index) {
    if (contents[index] == null) {
      contents[index] = read(rollouts.get(index));
    }
    return Optional.ofNullable(contents[index]);
  }

  /** What kernels of text read of a rollout; empty where it brings nothing for them. */
  Optional<TextReference> compared(int index) {
    Rollout rollout = rollouts.get(index);
    return rollout.hasKernelText()
        ? Optional.of(TextReference.of(rollout.getKernelText()))
        : content(index);
  }

  private static @Nullable TextReference read(Rollout rollout) {
    return switch (rollout.getContentCase()) {
      case TEXT -> TextReference.of(rollout.getText());
      case CONTENT_SHA256 ->
          rollout.getContentSha256().size() == ContentDigest.BYTES
              ? new TextReference.Digest(
                  ContentDigest.ofBytes(rollout.getContentSha256().toByteArray()))
              : null;
      case EMBEDDING_F32_LE, CONTENT_NOT_SET -> null;
    };
  }
}
