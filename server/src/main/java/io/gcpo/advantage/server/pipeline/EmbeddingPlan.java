// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.DigestTask;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The distinct texts that a job needs embedded and the distinct digests it needs found, over all
 * its groups. Immutable once made.
 */
final class EmbeddingPlan {
  private final Map<TextTask, Integer> texts = new LinkedHashMap<>();
  private final Map<DigestTask, Integer> digests = new LinkedHashMap<>();
  private final ImmutableList.Builder<TextTask> repeated = ImmutableList.builder();

  private EmbeddingPlan() {}

  static EmbeddingPlan of(AdvantageJob job) {
    EmbeddingPlan plan = new EmbeddingPlan();
    for (JobEntry entry : job.entries()) {
      if (entry instanceof GroupJob group && group.looksAtContent()) {
        plan.add(group);
      }
    }
    return plan;
  }

  /** Each distinct text once. */
  List<TextTask> texts() {
    return ImmutableList.copyOf(texts.keySet());
  }

  /** Each distinct digest once. */
  List<DigestTask> digests() {
    return ImmutableList.copyOf(digests.keySet());
  }

  /** What is known of the texts and digests, given their outcomes. */
  EmbeddedTexts embedded(List<TextOutcome> textOutcomes, List<TextOutcome> digestOutcomes) {
    return new EmbeddedTexts(this, textOutcomes, digestOutcomes);
  }

  /** The texts that were the same as an earlier one. */
  List<TextTask> repeated() {
    return repeated.build();
  }

  /** Where a text of this job stands in {@link #texts}. */
  int position(TextTask task) {
    return Objects.requireNonNull(texts.get(task), "not a text of this job");
  }

  /** Where a digest of this job stands in {@link #digests}. */
  int position(DigestTask task) {
    return Objects.requireNonNull(digests.get(task), "not a digest of this job");
  }

  private void add(GroupJob group) {
    TruncationPolicy policy = group.truncationPolicy();
    if (group.content() instanceof GroupJob.Texts content) {
      for (TextReference reference : content.references()) {
        if (reference instanceof TextReference.Given given) {
          add(new TextTask(given.text(), policy));
        } else {
          digests.putIfAbsent(new DigestTask(reference.digest(), policy), digests.size());
        }
      }
    }
    group
        .comparison()
        .flatMap(Comparison::prompt)
        .ifPresent(prompt -> add(new TextTask(prompt, policy)));
  }

  private void add(TextTask task) {
    if (texts.putIfAbsent(task, texts.size()) != null) {
      repeated.add(task);
    }
  }
}
