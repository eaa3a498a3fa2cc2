// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.Input;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The distinct texts that a job needs embedded, over all its groups. Immutable. */
final class EmbeddingPlan {
  private final Map<TextTask, Integer> positions;
  private final int texts;

  private EmbeddingPlan(Map<TextTask, Integer> positions, int texts) {
    this.positions = positions;
    this.texts = texts;
  }

  static EmbeddingPlan of(AdvantageJob job) {
    Map<TextTask, Integer> positions = new LinkedHashMap<>();
    int texts = 0;
    for (JobEntry entry : job.entries()) {
      if (entry instanceof GroupJob group
          && group.content() instanceof GroupJob.Texts content
          && needsSimilarity(group, job)) {
        for (String text : content.texts()) {
          positions.putIfAbsent(new TextTask(text, group.truncationPolicy()), positions.size());
          texts++;
        }
      }
    }
    return new EmbeddingPlan(positions, texts);
  }

  /** Whether anything of the group's answer depends on how similar its rollouts are. */
  static boolean needsSimilarity(GroupJob group, AdvantageJob job) {
    EstimatorChoice choice = group.settings().choice();
    return job.diversity().needsSimilarity()
        || choice.estimator().inputs(choice.parameters()).contains(Input.SIMILARITY);
  }

  /** Each distinct text once. */
  List<TextTask> tasks() {
    return ImmutableList.copyOf(positions.keySet());
  }

  /** How many texts were the same as an earlier one. */
  int duplicates() {
    return texts - positions.size();
  }

  /** The outcomes of a group's texts, in its order, from the outcomes of {@link #tasks}. */
  List<TextOutcome> outcomesOf(GroupJob group, GroupJob.Texts content, List<TextOutcome> outcomes) {
    ImmutableList.Builder<TextOutcome> own = ImmutableList.builder();
    for (String text : content.texts()) {
      Integer position = positions.get(new TextTask(text, group.truncationPolicy()));
      own.add(outcomes.get(Objects.requireNonNull(position, "not a text of this job")));
    }
    return own.build();
  }
}
