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
  private final EmbeddedTexts embedded;

  /** For the groups of one job. */
  GroupPreparation(AdvantageJob job, EmbeddedTexts embedded) {
    this.job = job;
    this.embedded = embedded;
  }

  /**
   * The group with its embeddings, where it needs any; refused if a text exceeds the model's window
   * and its policy is ERROR, or if the text of a digest is not known.
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
    if (group.content() instanceof GroupJob.None) {
      return new ReadyGroup(group, scored, none);
    }
    return withTexts(group, scored, embedded.of(group));
  }

  private static Prepared withTexts(
      GroupJob group, ScoredGroup scored, List<TextOutcome> outcomes) {
    TextProblems problems = new TextProblems(group);
    ImmutableList.Builder<Embedding> embeddings = ImmutableList.builder();
    ImmutableList.Builder<TokenCount> tokens = ImmutableList.builder();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded text) {
        embeddings.add(text.embedding());
        tokens.add(new TokenCount(text.tokens(), text.truncatedTokens()));
      } else {
        problems.add(i, outcomes.get(i));
      }
    }
    Optional<GroupRejection> rejection = problems.rejection();
    if (rejection.isPresent()) {
      return rejection.get();
    }
    return new ReadyGroup(
        group,
        scored.withEmbeddings(matrix(embeddings.build())),
        tokens.build().subList(0, group.scores().size()));
  }

  private static FloatMatrix matrix(List<Embedding> embeddings) {
    return FloatMatrix.fill(
        embeddings.size(),
        embeddings.get(0).dimension(),
        (row, target, offset) -> embeddings.get(row).copyTo(target, offset));
  }
}
