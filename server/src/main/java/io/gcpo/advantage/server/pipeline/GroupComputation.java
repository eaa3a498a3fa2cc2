// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.ScoredGroup;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.pipeline.GroupSuccess.TokenCount;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group's way from embeddings to its outcome. Immutable; a pure function but for the log line
 * that a defect leaves.
 */
final class GroupComputation {
  private static final Logger LOG = LoggerFactory.getLogger(GroupComputation.class);

  private final AdvantageCalculator calculator;
  private final boolean diversity;

  GroupComputation(AdvantageCalculator calculator, boolean diversity) {
    this.calculator = calculator;
    this.diversity = diversity;
  }

  GroupOutcome outcome(
      GroupJob group, AdvantageJob job, EmbeddingPlan plan, List<TextOutcome> embedded) {
    if (!EmbeddingPlan.needsSimilarity(group, job)) {
      return withoutEmbeddings(group);
    }
    if (group.content() instanceof GroupJob.Texts texts) {
      return withTexts(group, plan.outcomesOf(group, texts, embedded));
    }
    return withEmbeddings(group, ((GroupJob.Embeddings) group.content()).embeddings());
  }

  private GroupOutcome withoutEmbeddings(GroupJob group) {
    return compute(
        group,
        ScoredGroup.rewardsOnly(group.rewards()),
        Collections.nCopies(group.rewards().size(), TokenCount.NONE));
  }

  private GroupOutcome withEmbeddings(GroupJob group, List<Embedding> embeddings) {
    return compute(
        group,
        ScoredGroup.of(group.rewards(), matrix(embeddings)),
        Collections.nCopies(group.rewards().size(), TokenCount.NONE));
  }

  private GroupOutcome withTexts(GroupJob group, List<TextOutcome> outcomes) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    ImmutableList.Builder<Embedding> embeddings = ImmutableList.builder();
    ImmutableList.Builder<TokenCount> tokens = ImmutableList.builder();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded embedded) {
        embeddings.add(embedded.embedding());
        tokens.add(new TokenCount(embedded.tokens(), embedded.truncatedTokens()));
      } else if (outcomes.get(i) instanceof TextOutcome.TooLong tooLong) {
        violations.add(
            new Violation(
                "%s.rollouts[%d].text".formatted(group.path(), i),
                "%d tokens (expected: <= %d)".formatted(tooLong.tokens(), tooLong.maxTokens())));
      }
    }
    List<Violation> tooLong = violations.build();
    if (!tooLong.isEmpty()) {
      return new GroupRejection(group.groupId(), GroupRejection.Reason.INPUT_TOO_LONG, tooLong);
    }
    return compute(
        group, ScoredGroup.of(group.rewards(), matrix(embeddings.build())), tokens.build());
  }

  private GroupOutcome compute(GroupJob group, ScoredGroup scored, List<TokenCount> tokens) {
    try {
      GroupAdvantages advantages = calculator.compute(scored, group.choice(), diversity);
      if (!FinitenessCheck.isFinite(advantages)) {
        LOG.error("group {}: a result is not finite", group.groupId());
        return defect(group, GroupRejection.Reason.NON_FINITE_RESULT);
      }
      return new GroupSuccess(group, advantages, tokens);
    } catch (RuntimeException defect) {
      LOG.error("group {}: cannot be computed", group.groupId(), defect);
      return defect(group, GroupRejection.Reason.INTERNAL);
    }
  }

  private static GroupRejection defect(GroupJob group, GroupRejection.Reason reason) {
    return new GroupRejection(group.groupId(), reason, ImmutableList.of());
  }

  private static FloatMatrix matrix(List<Embedding> embeddings) {
    return FloatMatrix.fill(
        embeddings.size(),
        embeddings.get(0).dimension(),
        (row, target, offset) -> embeddings.get(row).copyTo(target, offset));
  }
}
