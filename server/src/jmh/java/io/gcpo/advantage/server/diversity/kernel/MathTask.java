// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.RolloutFile;
import io.gcpo.advantage.server.diversity.kernel.QualityGroup.TextPair;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Correct solutions of one GSM8K problem: do they take the same steps? The calculator annotations
 * say so, and nobody but the label sees them.
 */
final class MathTask {
  private MathTask() {}

  private record Problem(String prompt, List<AnnotatedSolution> correct) {
    List<String> texts() {
      return correct.stream().map(AnnotatedSolution::text).toList();
    }
  }

  /** The groups of a half with two or more correct solutions. */
  static QualityTask of(Path file, Half half, TextSource source) throws Exception {
    List<Problem> problems =
        RolloutFile.groups(file).stream()
            .filter(group -> half.contains(group.getGroupId()))
            .map(MathTask::problem)
            .filter(problem -> problem.correct().size() >= 2)
            .toList();
    double seconds =
        source.embed(problems.stream().flatMap(problem -> problem.texts().stream()).toList());
    source.embed(problems.stream().map(Problem::prompt).toList());
    return new QualityTask(
        problems.stream().map(problem -> group(problem, source)).toList(), seconds, 0);
  }

  private static Problem problem(RolloutGroup group) {
    return new Problem(
        group.getPrompt(),
        group.getRolloutsList().stream()
            .filter(rollout -> rollout.getReward() > 0)
            .map(rollout -> AnnotatedSolution.of(rollout.getText()))
            .toList());
  }

  private static QualityGroup group(Problem problem, TextSource source) {
    List<AnnotatedSolution> correct = problem.correct();
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < correct.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(
            new TextPair(
                i,
                j,
                correct.get(i).takesStepsOf(correct.get(j)),
                correct.get(i).isCompletelyAnnotated() && correct.get(j).isCompletelyAnnotated()));
      }
    }
    ComparedRollouts rollouts = source.rollouts(problem.prompt(), problem.texts());
    return new QualityGroup(
        rollouts,
        StepsAdded.of(correct.stream().map(AnnotatedSolution::steps).toList()),
        rollouts,
        correct.size(),
        pairs);
  }
}
