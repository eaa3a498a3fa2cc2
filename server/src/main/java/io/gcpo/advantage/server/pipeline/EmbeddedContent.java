// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.pipeline.GroupSuccess.TokenCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The embeddings that a group is compared by.
 *
 * @param rows [m, d]; absent where its kernel looks at none
 * @param prompt [1, d]; absent where its kernel does not look at it
 * @param tokens [n], of each rollout's text
 */
record EmbeddedContent(
    Optional<FloatMatrix> rows, Optional<FloatMatrix> prompt, List<TokenCount> tokens) {
  EmbeddedContent {
    tokens = ImmutableList.copyOf(tokens);
  }

  /** Without any. */
  static EmbeddedContent none(GroupJob group) {
    return new EmbeddedContent(Optional.empty(), Optional.empty(), noTokens(group));
  }

  /** Of a group that is compared. Where texts have no embedding, {@code problems} say so. */
  static EmbeddedContent of(GroupJob group, EmbeddedTexts embedded, TextProblems problems) {
    if (!group.looksAtContent()) {
      return none(group);
    }
    if (group.content() instanceof GroupJob.Embeddings given) {
      return new EmbeddedContent(
          Optional.of(matrix(given.embeddings())),
          group
              .comparison()
              .flatMap(Comparison::promptEmbedding)
              .map(embedding -> matrix(List.of(embedding))),
          noTokens(group));
    }
    List<Embedding> rows = new ArrayList<>();
    List<TokenCount> tokens = new ArrayList<>();
    List<TextOutcome> outcomes = embedded.of(group);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof TextOutcome.Embedded text) {
        rows.add(text.embedding());
        tokens.add(new TokenCount(text.tokens(), text.truncatedTokens()));
      } else {
        problems.add(i, outcomes.get(i));
      }
    }
    Optional<FloatMatrix> prompt = prompt(embedded.ofPrompt(group), problems);
    return rows.size() < outcomes.size()
        ? none(group)
        : new EmbeddedContent(
            Optional.of(matrix(rows)), prompt, tokens.subList(0, group.scores().size()));
  }

  private static Optional<FloatMatrix> prompt(
      Optional<TextOutcome> outcome, TextProblems problems) {
    if (outcome.isPresent() && outcome.get() instanceof TextOutcome.Embedded text) {
      return Optional.of(matrix(List.of(text.embedding())));
    }
    outcome.ifPresent(problems::addPrompt);
    return Optional.empty();
  }

  private static List<TokenCount> noTokens(GroupJob group) {
    return Collections.nCopies(group.scores().size(), TokenCount.NONE);
  }

  private static FloatMatrix matrix(List<Embedding> embeddings) {
    return FloatMatrix.fill(
        embeddings.size(),
        embeddings.get(0).dimension(),
        (row, target, offset) -> embeddings.get(row).copyTo(target, offset));
  }
}
