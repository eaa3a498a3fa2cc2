// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.diversity.kernel.CheckedSimilarities;
import io.gcpo.advantage.server.diversity.kernel.ComparedRollouts;
import io.gcpo.advantage.server.diversity.kernel.PrecomputedCheck;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.pipeline.GroupSuccess.TokenCount;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts a group's rewards and what its kernel looks at together. Immutable, a pure function. */
final class GroupPreparation {
  private final AdvantageJob job;
  private final EmbeddedTexts embedded;

  /** For the groups of one job. */
  GroupPreparation(AdvantageJob job, EmbeddedTexts embedded) {
    this.job = job;
    this.embedded = embedded;
  }

  /**
   * The group with what its kernel looks at; refused if a text exceeds the model's window and its
   * policy is ERROR, if the text of a digest is not known, or if the caller's similarities are no
   * kernel.
   */
  Prepared prepare(GroupJob group) {
    ScoredGroup scored = scored(group);
    if (group.comparison().isEmpty()) {
      return new ReadyGroup(group, scored, noTokens(group));
    }
    Comparison comparison = group.comparison().get();
    if (comparison.similarities().isEmpty()) {
      return withContent(group, scored, comparison);
    }
    CheckedSimilarities checked = PrecomputedCheck.ofSpectrum(comparison.similarities().get());
    if (checked instanceof CheckedSimilarities.Accepted accepted) {
      return withContent(group, scored, comparison.withSimilarities(accepted.matrix()));
    }
    return noKernel(group, (CheckedSimilarities.Rejected) checked);
  }

  private static GroupRejection noKernel(
      GroupJob group, CheckedSimilarities.Rejected similarities) {
    return new GroupRejection(
        group.groupId(),
        GroupRejection.Reason.INVALID_FIELD,
        similarities.problems().stream()
            .map(problem -> new Violation(group.path() + ".similarity_f64_le", problem))
            .toList());
  }

  private Prepared withContent(GroupJob group, ScoredGroup scored, Comparison comparison) {
    if (!group.looksAtContent()) {
      return new ReadyGroup(
          group, compared(scored, comparison, Optional.empty(), Optional.empty()), noTokens(group));
    }
    if (group.content() instanceof GroupJob.Embeddings given) {
      Optional<FloatMatrix> prompt =
          comparison.promptEmbedding().map(embedding -> matrix(List.of(embedding)));
      return new ReadyGroup(
          group,
          compared(scored, comparison, Optional.of(matrix(given.embeddings())), prompt),
          noTokens(group));
    }
    return withTexts(group, scored, comparison);
  }

  private static List<TokenCount> noTokens(GroupJob group) {
    return Collections.nCopies(group.scores().size(), TokenCount.NONE);
  }

  private ScoredGroup scored(GroupJob group) {
    ScoredGroup scored = ScoredGroup.of(group.scores()).withGreedyReward(group.greedyReward());
    Optional<Golden> golden = group.gold().flatMap(GoldDecision::golden);
    if (golden.isPresent()) {
      scored = scored.withGolden(golden.get());
    }
    if (job.diversity().needsTexts() && group.content() instanceof GroupJob.Texts content) {
      Optional<List<String>> texts = content.texts();
      if (texts.isPresent()) {
        scored = scored.withTexts(texts.get().subList(0, group.scores().size()));
      }
    }
    return scored;
  }

  private Prepared withTexts(GroupJob group, ScoredGroup scored, Comparison comparison) {
    List<TextOutcome> outcomes = embedded.of(group);
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
    Optional<FloatMatrix> prompt = Optional.empty();
    Optional<TextOutcome> promptOutcome = embedded.ofPrompt(group);
    if (promptOutcome.isPresent()) {
      if (promptOutcome.get() instanceof TextOutcome.Embedded text) {
        prompt = Optional.of(matrix(List.of(text.embedding())));
      } else {
        problems.addPrompt(promptOutcome.get());
      }
    }
    Optional<GroupRejection> rejection = problems.rejection();
    if (rejection.isPresent()) {
      return rejection.get();
    }
    return new ReadyGroup(
        group,
        compared(scored, comparison, Optional.of(matrix(embeddings.build())), prompt),
        tokens.build().subList(0, group.scores().size()));
  }

  private static ScoredGroup compared(
      ScoredGroup scored,
      Comparison comparison,
      Optional<FloatMatrix> embeddings,
      Optional<FloatMatrix> prompt) {
    int count = scored.size() + (scored.golden().isPresent() ? 1 : 0);
    return scored.withCompared(
        new ComparedRollouts(
            count,
            embeddings,
            prompt,
            comparison.texts(),
            comparison.clusterLabels(),
            comparison
                .similarities()
                .map(matrix -> matrix.principal(IntStream.range(0, count).toArray()))));
  }

  private static FloatMatrix matrix(List<Embedding> embeddings) {
    return FloatMatrix.fill(
        embeddings.size(),
        embeddings.get(0).dimension(),
        (row, target, offset) -> embeddings.get(row).copyTo(target, offset));
  }
}
