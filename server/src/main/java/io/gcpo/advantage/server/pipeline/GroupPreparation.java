// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.pipeline.GroupSuccess.TokenCount;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Puts a group's rewards and embeddings together. Immutable, a pure function. */
final class GroupPreparation {
  private final AdvantageJob job;
  private final EmbeddingPlan plan;
  private final List<TextOutcome> embedded;

  /**
   * For the groups of one job.
   *
   * @param embedded the outcome of each of the plan's tasks
   */
  GroupPreparation(AdvantageJob job, EmbeddingPlan plan, List<TextOutcome> embedded) {
    this.job = job;
    this.plan = plan;
    this.embedded = embedded;
  }

  /**
   * The group with its embeddings, where it needs any; refused if a text exceeds the model's window
   * and its policy is ERROR.
   */
  Prepared prepare(GroupJob group) {
    ScoredGroup scored = ScoredGroup.of(group.scores()).withGreedyReward(group.greedyReward());
    Optional<Golden> golden = group.gold().flatMap(GoldDecision::golden);
    if (golden.isPresent()) {
      scored = scored.withGolden(golden.get());
    }
    if (job.diversity().needsTexts() && group.content() instanceof GroupJob.Texts texts) {
      scored = scored.withTexts(texts.texts().subList(0, group.scores().size()));
    }
    List<TokenCount> none = Collections.nCopies(group.scores().size(), TokenCount.NONE);
    if (!EmbeddingPlan.needsSimilarity(group, job)) {
      return new ReadyGroup(group, scored, none);
    }
    if (group.content() instanceof GroupJob.Embeddings given) {
      return new ReadyGroup(group, scored.withEmbeddings(matrix(given.embeddings())), none);
    }
    if (group.content() instanceof GroupJob.Texts texts) {
      return withTexts(group, scored, plan.outcomesOf(group, texts, embedded));
    }
    return new ReadyGroup(group, scored, none);
  }

  private static Prepared withTexts(
      GroupJob group, ScoredGroup scored, List<TextOutcome> outcomes) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    ImmutableList.Builder<Embedding> embeddings = ImmutableList.builder();
    ImmutableList.Builder<TokenCount> tokens = ImmutableList.builder();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded text) {
        embeddings.add(text.embedding());
        tokens.add(new TokenCount(text.tokens(), text.truncatedTokens()));
      } else if (outcomes.get(i) instanceof TextOutcome.TooLong tooLong) {
        violations.add(
            new Violation(
                textPath(group, i),
                "%d tokens (expected: <= %d)".formatted(tooLong.tokens(), tooLong.maxTokens())));
      }
    }
    List<Violation> tooLong = violations.build();
    if (!tooLong.isEmpty()) {
      return new GroupRejection(group.groupId(), GroupRejection.Reason.INPUT_TOO_LONG, tooLong);
    }
    return new ReadyGroup(
        group,
        scored.withEmbeddings(matrix(embeddings.build())),
        tokens.build().subList(0, group.scores().size()));
  }

  private static String textPath(GroupJob group, int text) {
    return text < group.scores().size()
        ? "%s.rollouts[%d].text".formatted(group.path(), text)
        : group.path() + ".golden_answer";
  }

  private static FloatMatrix matrix(List<Embedding> embeddings) {
    return FloatMatrix.fill(
        embeddings.size(),
        embeddings.get(0).dimension(),
        (row, target, offset) -> embeddings.get(row).copyTo(target, offset));
  }
}
