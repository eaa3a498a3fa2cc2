// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.DigestTask;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What became of the texts of a job. Immutable.
 *
 * @param texts of each of the plan's texts
 * @param digests of each of the plan's digests
 */
record EmbeddedTexts(EmbeddingPlan plan, List<TextOutcome> texts, List<TextOutcome> digests) {

  /** The outcomes of a group's texts, in its order; none for a group without any. */
  List<TextOutcome> of(GroupJob group) {
    TruncationPolicy policy = group.truncationPolicy();
    ImmutableList.Builder<TextOutcome> own = ImmutableList.builder();
    if (group.content() instanceof GroupJob.Texts content) {
      for (TextReference reference : content.references()) {
        own.add(
            reference instanceof TextReference.Given given
                ? outcome(new TextTask(given.text(), policy))
                : digests.get(plan.position(new DigestTask(reference.digest(), policy))));
      }
    }
    return own.build();
  }

  /** The outcome of a group's prompt; empty where it is not embedded. */
  Optional<TextOutcome> ofPrompt(GroupJob group) {
    return group
        .comparison()
        .flatMap(Comparison::prompt)
        .map(prompt -> outcome(new TextTask(prompt, group.truncationPolicy())));
  }

  /** How many tokens went through the model for this job. */
  long computedTokens() {
    return texts.stream().mapToLong(TextOutcome::computedTokens).sum();
  }

  /** How many more it would have been without the plan's looking for equal texts. */
  long repeatedTokens() {
    return plan.repeated().stream().mapToLong(task -> outcome(task).usedTokens()).sum();
  }

  private TextOutcome outcome(TextTask task) {
    return texts.get(plan.position(task));
  }
}
