// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.DiversityMetrics;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.PrintWriter;
import java.util.Locale;

/** What two estimators say of the same groups, side by side, for people. */
final class DemoTable {
  private static final int MAX_PROMPT = 76;

  private final PrintWriter out;

  DemoTable(PrintWriter out) {
    this.out = out;
  }

  void begin(ComputeAdvantagesResponse answer) {
    out.printf(
        Locale.ROOT,
        "%d groups over gRPC; model %s (%s…), d = %d%n",
        answer.getResultsCount(),
        answer.getModel().getName(),
        answer.getModel().getFingerprint().substring(0, 12),
        answer.getModel().getDimension());
    out.println(
        "GRPO rewards each correct rollout alike. GCPO (cooperative) pays each for what it");
    out.println("adds to the team's coverage: a correct rollout that says what another said earns");
    out.println("less, and a group in which all are correct still carries a signal.");
  }

  void group(RolloutGroup group, GroupResult grpo, GroupResult gcpo) {
    out.printf("%n%s  %s%n", group.getGroupId(), shortened(group.getPrompt()));
    if (grpo.hasError() || gcpo.hasError()) {
      out.println("  " + (grpo.hasError() ? grpo : gcpo).getError().getMessage());
      return;
    }
    out.printf(
        "  %-18s %6s %7s %9s %9s %9s  %s%n",
        "rollout", "reward", "tokens", "GRPO", "GCPO", "scaled", "nearest correct");
    for (int i = 0; i < group.getRolloutsCount(); i++) {
      rollout(group, i, grpo.getAdvantages().getRollouts(i), gcpo.getAdvantages().getRollouts(i));
    }
    summary(gcpo.getAdvantages());
  }

  private void rollout(
      RolloutGroup group, int index, RolloutAdvantage grpo, RolloutAdvantage gcpo) {
    out.printf(
        Locale.ROOT,
        "  %-18s %6.1f %7d %+9.4f %+9.4f %9.4f  %s%n",
        group.getRollouts(index).getRolloutId(),
        group.getRollouts(index).getReward(),
        gcpo.getTokens(),
        grpo.getAdvantage(),
        gcpo.getAdvantage(),
        gcpo.getScaledCredit(),
        gcpo.hasNearestCorrectIndex()
            ? String.format(
                Locale.ROOT,
                "%.3f %s",
                gcpo.getNearestCorrectSimilarity(),
                group.getRollouts(gcpo.getNearestCorrectIndex()).getRolloutId())
            : "-");
  }

  private void summary(GroupAdvantages gcpo) {
    DiversityMetrics all = gcpo.getDiversity().getAll();
    DiversityMetrics correct = gcpo.getDiversity().getCorrect();
    out.printf(
        Locale.ROOT,
        "  coverage %.3f; of %d rollouts: Vendi %.2f, effective %.2f, mean distance %.3f;"
            + " of %d correct: Vendi %.2f, distinct %d%n",
        gcpo.getTeamValue(),
        all.getCount(),
        all.getVendiScore(),
        all.getEffectiveCount(),
        all.getMeanPairwiseDistance(),
        correct.getCount(),
        correct.getVendiScore(),
        correct.getDistinct());
  }

  private static String shortened(String prompt) {
    String line = prompt.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_PROMPT ? line : line.substring(0, MAX_PROMPT - 1) + "…";
  }
}
