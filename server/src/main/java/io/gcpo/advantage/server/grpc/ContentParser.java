// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.embedding.ContentDigest;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.pipeline.GroupJob;
import io.gcpo.advantage.server.pipeline.TextReference;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.Rollout.ContentCase;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Optional;

/** Reads the content of rollouts: texts or digests of them, embeddings, or nothing. */
final class ContentParser {
  private final LimitsConfig limits;
  private final RolloutGroup group;
  private final String path;
  private final Violations violations;

  /** For the group at {@code path}. */
  ContentParser(LimitsConfig limits, RolloutGroup group, String path, Violations violations) {
    this.limits = limits;
    this.group = group;
    this.path = path;
    this.violations = violations;
  }

  /**
   * Whether the group brings a golden answer.
   *
   * @param lookedAt whether the kernel looks at the content: a golden answer of another kind than
   *     the rollouts' is then refused
   */
  boolean hasGolden(boolean lookedAt) {
    TextCheck.check(
        group.getGoldenAnswer(), path + ".golden_answer", limits.maxTextBytes(), violations);
    if (!lookedAt) {
      return group.hasGoldenAnswer() || group.hasGoldenEmbeddingF32Le();
    }
    boolean embeddings =
        group.getRolloutsCount() > 0
            && group.getRollouts(0).getContentCase() == ContentCase.EMBEDDING_F32_LE;
    if (embeddings && group.hasGoldenAnswer() && !group.hasGoldenEmbeddingF32Le()) {
      violations.invalid(
          path + ".golden_answer",
          "text (expected: golden_embedding_f32_le, as the rollouts bring embeddings)");
    }
    if (!embeddings && group.hasGoldenEmbeddingF32Le()) {
      violations.invalid(
          path + ".golden_embedding_f32_le",
          "set (expected: golden_answer, as the rollouts bring no embeddings)");
    }
    return embeddings ? group.hasGoldenEmbeddingF32Le() : group.hasGoldenAnswer();
  }

  /**
   * The rollouts' content.
   *
   * @param needed whether there must be any
   * @param withGolden whether the golden answer's comes last
   */
  GroupJob.Content parse(boolean needed, boolean withGolden) {
    List<Rollout> rollouts = group.getRolloutsList();
    if (!needed
        && rollouts.stream().allMatch(r -> r.getContentCase() == ContentCase.CONTENT_NOT_SET)) {
      return new GroupJob.None();
    }
    if (isOneKind(rollouts) && rollouts.get(0).getContentCase() == ContentCase.EMBEDDING_F32_LE) {
      return embeddings(rollouts, withGolden);
    }
    return texts(rollouts, withGolden);
  }

  private boolean isOneKind(List<Rollout> rollouts) {
    String kind = kind(rollouts.get(0).getContentCase());
    boolean mixed = false;
    for (int i = 0; i < rollouts.size(); i++) {
      String own = kind(rollouts.get(i).getContentCase());
      String rolloutPath = "%s.rollouts[%d]".formatted(path, i);
      if (own.isEmpty()) {
        violations.invalid(
            rolloutPath, "no content (expected: text, content_sha256 or embedding_f32_le)");
      } else if (!own.equals(kind) && !kind.isEmpty()) {
        violations.invalid(rolloutPath, "%s (expected: %s as in rollouts[0])".formatted(own, kind));
      }
      mixed |= !own.equals(kind);
    }
    return !mixed;
  }

  private GroupJob.Content embeddings(List<Rollout> rollouts, boolean withGolden) {
    EmbeddingParser parser =
        new EmbeddingParser(
            rollouts.get(0).getEmbeddingF32Le().size(), limits.maxEmbeddingDimension(), violations);
    ImmutableList.Builder<Embedding> embeddings = ImmutableList.builder();
    for (int i = 0; i < rollouts.size(); i++) {
      parser
          .parse(
              rollouts.get(i).getEmbeddingF32Le(),
              "%s.rollouts[%d].embedding_f32_le".formatted(path, i))
          .ifPresent(embeddings::add);
    }
    if (withGolden) {
      parser
          .parse(group.getGoldenEmbeddingF32Le(), path + ".golden_embedding_f32_le")
          .ifPresent(embeddings::add);
    }
    return new GroupJob.Embeddings(embeddings.build());
  }

  private GroupJob.Content texts(List<Rollout> rollouts, boolean withGolden) {
    ImmutableList.Builder<TextReference> references = ImmutableList.builder();
    for (int i = 0; i < rollouts.size(); i++) {
      if (rollouts.get(i).getContentCase() == ContentCase.CONTENT_SHA256) {
        digest(rollouts.get(i).getContentSha256(), i).ifPresent(references::add);
      } else {
        references.add(TextReference.of(text(rollouts.get(i), i)));
      }
    }
    if (withGolden) {
      references.add(TextReference.of(group.getGoldenAnswer()));
    }
    return new GroupJob.Texts(references.build());
  }

  private Optional<TextReference> digest(ByteString bytes, int rollout) {
    if (bytes.size() != ContentDigest.BYTES) {
      violations.invalid(
          "%s.rollouts[%d].content_sha256".formatted(path, rollout),
          "%d bytes (expected: %d)".formatted(bytes.size(), ContentDigest.BYTES));
      return Optional.empty();
    }
    return Optional.of(new TextReference.Digest(ContentDigest.ofBytes(bytes.toByteArray())));
  }

  private String text(Rollout rollout, int index) {
    TextCheck.check(
        rollout.getText(),
        "%s.rollouts[%d].text".formatted(path, index),
        limits.maxTextBytes(),
        violations);
    return rollout.getText();
  }

  /** Digests stand for texts, so that a group may have both; empty for no content. */
  private static String kind(ContentCase content) {
    return switch (content) {
      case TEXT, CONTENT_SHA256 -> "text";
      case EMBEDDING_F32_LE -> "embedding_f32_le";
      case CONTENT_NOT_SET -> "";
    };
  }
}
