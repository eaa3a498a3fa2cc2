// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.diversity.kernel.CheckedSimilarities;
import io.gcpo.advantage.server.diversity.kernel.ComparedRollouts;
import io.gcpo.advantage.server.diversity.kernel.ComparedText;
import io.gcpo.advantage.server.diversity.kernel.PrecomputedCheck;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.pipeline.text.TextMemory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts a group's rewards and what its kernel looks at together. Immutable, a pure function. */
final class GroupPreparation {
  private final AdvantageJob job;
  private final EmbeddedTexts embedded;
  private final TextMemory memory;

  /** For the groups of one job. */
  GroupPreparation(AdvantageJob job, EmbeddedTexts embedded, TextMemory memory) {
    this.job = job;
    this.embedded = embedded;
    this.memory = memory;
  }

  /**
   * The group with what its kernel looks at; refused if a text exceeds the model's window and its
   * policy is ERROR, if the text of a digest is not known, or if the caller's similarities are no
   * kernel.
   */
  Prepared prepare(GroupJob group) {
    TextProblems problems = new TextProblems(group);
    ReferencedTexts texts = new ReferencedTexts(group, memory, problems);
    Optional<List<String>> wording =
        job.diversity().needsTexts() ? texts.wording() : Optional.empty();
    Optional<List<ComparedText>> compared = texts.compared();
    EmbeddedContent content = EmbeddedContent.of(group, embedded, problems);
    Optional<SymmetricMatrix> similarities = group.comparison().flatMap(Comparison::similarities);
    if (similarities.isPresent()) {
      CheckedSimilarities checked = PrecomputedCheck.ofSpectrum(similarities.get());
      if (checked instanceof CheckedSimilarities.Rejected rejected) {
        return noKernel(group, rejected);
      }
      similarities = Optional.of(((CheckedSimilarities.Accepted) checked).matrix());
    }
    Optional<GroupRejection> rejection = problems.rejection();
    if (rejection.isPresent()) {
      return rejection.get();
    }
    ScoredGroup scored = scored(group, wording);
    return new ReadyGroup(
        group,
        group.comparison().isEmpty()
            ? scored
            : scored.withCompared(
                rollouts(scored, group.comparison().get(), content, compared, similarities)),
        content.tokens());
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

  private static ScoredGroup scored(GroupJob group, Optional<List<String>> wording) {
    ScoredGroup scored = ScoredGroup.of(group.scores()).withGreedyReward(group.greedyReward());
    Optional<Golden> golden = group.gold().flatMap(GoldDecision::golden);
    if (golden.isPresent()) {
      scored = scored.withGolden(golden.get());
    }
    return wording.isPresent() ? scored.withTexts(wording.get()) : scored;
  }

  /** The caller's similarities may have a golden answer that takes no place. */
  private static ComparedRollouts rollouts(
      ScoredGroup scored,
      Comparison comparison,
      EmbeddedContent content,
      Optional<List<ComparedText>> texts,
      Optional<SymmetricMatrix> similarities) {
    int count = scored.size() + (scored.golden().isPresent() ? 1 : 0);
    return new ComparedRollouts(
        count,
        content.rows(),
        content.prompt(),
        texts,
        comparison.clusterLabels(),
        similarities.map(matrix -> matrix.principal(IntStream.range(0, count).toArray())));
  }
}
