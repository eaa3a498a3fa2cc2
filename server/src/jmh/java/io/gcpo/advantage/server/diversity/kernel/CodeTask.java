// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.RolloutFile;
import io.gcpo.advantage.server.diversity.kernel.QualityGroup.TextPair;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Passing programs of one HumanEval problem: is a renamed or reformatted copy told from another
 * program? Programs that are copies of each other as they are have no label.
 */
final class CodeTask {
  private static final int MAX_PROGRAMS = 12;

  private CodeTask() {}

  /**
   * A problem.
   *
   * @param correct all passing programs
   * @param programs the first of them that differ in more than white space
   * @param copies of each of {@code programs}
   */
  private record Problem(
      String prompt, List<String> correct, List<String> programs, List<List<String>> copies) {
    List<String> compared() {
      List<String> all = new ArrayList<>(programs);
      copies.forEach(all::addAll);
      return all;
    }
  }

  /** The groups of a half with a passing program. */
  static QualityTask of(Path file, Half half, TextSource source) throws Exception {
    List<Problem> problems =
        RolloutFile.groups(file).stream()
            .filter(group -> half.contains(group.getGroupId()))
            .map(CodeTask::problem)
            .filter(problem -> !problem.correct().isEmpty())
            .toList();
    double seconds =
        source.embed(
            problems.stream()
                .filter(problem -> problem.correct().size() >= 2)
                .flatMap(problem -> problem.correct().stream())
                .toList());
    List<String> others = new ArrayList<>();
    for (Problem problem : problems) {
      others.add(problem.prompt());
      others.addAll(problem.compared());
    }
    source.embed(others);
    List<QualityGroup> groups = new ArrayList<>();
    int leftOut = 0;
    for (Problem problem : problems) {
      QualityGroup group = group(problem, source);
      int programs = problem.programs().size();
      leftOut +=
          programs * (programs - 1) / 2
              - (int) group.pairs().stream().filter(pair -> !pair.alike()).count();
      groups.add(group);
    }
    return new QualityTask(groups, seconds, leftOut);
  }

  private static Problem problem(RolloutGroup group) {
    List<String> correct =
        group.getRolloutsList().stream()
            .filter(rollout -> rollout.getReward() > 0)
            .map(Rollout::getText)
            .toList();
    List<String> programs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String program : correct) {
      if (programs.size() < MAX_PROGRAMS && seen.add(program.replaceAll("\\s", ""))) {
        programs.add(program);
      }
    }
    Random random = new Random(group.getGroupId().hashCode());
    ProgramMutator mutator = new ProgramMutator(group.getPrompt(), random);
    return new Problem(
        group.getPrompt(),
        correct,
        programs,
        programs.stream().map(program -> copies(program, mutator)).toList());
  }

  private static List<String> copies(String program, ProgramMutator mutator) {
    return List.of(
        mutator.rename(program),
        mutator.reformat(program),
        mutator.reformat(mutator.rename(program)));
  }

  private static QualityGroup group(Problem problem, TextSource source) {
    List<ProgramForm> forms =
        problem.programs().stream()
            .map(program -> ProgramForm.of(problem.prompt(), program))
            .toList();
    List<TextPair> pairs = new ArrayList<>();
    int copy = forms.size();
    for (int i = 0; i < forms.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!forms.get(i).equals(forms.get(j))) {
          pairs.add(new TextPair(i, j, false, true));
        }
      }
      for (int k = 0; k < problem.copies().get(i).size(); k++) {
        pairs.add(new TextPair(i, copy++, true, true));
      }
    }
    return new QualityGroup(
        source.rollouts(problem.prompt(), problem.correct()),
        StepsAdded.of(
            problem.correct().stream()
                .map(program -> ProgramForm.of(problem.prompt(), program).lines())
                .toList()),
        source.rollouts(problem.prompt(), problem.compared()),
        forms.size(),
        pairs);
  }
}
