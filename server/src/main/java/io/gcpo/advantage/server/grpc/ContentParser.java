// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.pipeline.GroupJob;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.Rollout.ContentCase;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;

/** Reads what similarity is computed from: texts, embeddings, or nothing. */
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

  /** Whether the group brings a golden answer of its rollouts' kind; another kind is refused. */
  boolean hasGolden() {
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
    ContentCase kind = rollouts.get(0).getContentCase();
    boolean mixed = false;
    for (int i = 0; i < rollouts.size(); i++) {
      ContentCase own = rollouts.get(i).getContentCase();
      String rolloutPath = "%s.rollouts[%d]".formatted(path, i);
      if (own == ContentCase.CONTENT_NOT_SET) {
        violations.invalid(rolloutPath, "no content (expected: text or embedding_f32_le)");
      } else if (own != kind && kind != ContentCase.CONTENT_NOT_SET) {
        violations.invalid(
            rolloutPath, "%s (expected: %s as in rollouts[0])".formatted(name(own), name(kind)));
      }
      mixed |= own != kind;
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
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    for (int i = 0; i < rollouts.size(); i++) {
      String text = rollouts.get(i).getText();
      TextCheck.check(
          text, "%s.rollouts[%d].text".formatted(path, i), limits.maxTextBytes(), violations);
      texts.add(text);
    }
    if (withGolden) {
      TextCheck.check(
          group.getGoldenAnswer(), path + ".golden_answer", limits.maxTextBytes(), violations);
      texts.add(group.getGoldenAnswer());
    }
    return new GroupJob.Texts(texts.build());
  }

  private static String name(ContentCase kind) {
    return kind == ContentCase.TEXT ? "text" : "embedding_f32_le";
  }
}
