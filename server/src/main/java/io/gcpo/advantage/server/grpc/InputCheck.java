// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.Input;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.gold.Replacement;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Checks that a group brings what its settings need besides rewards. */
final class InputCheck {
  private final String path;
  private final AdvantageSettings settings;
  private final Violations violations;

  /** For the group at {@code path}. */
  InputCheck(String path, AdvantageSettings settings, Violations violations) {
    this.path = path;
    this.settings = settings;
    this.violations = violations;
  }

  void check(
      List<RolloutScore> rollouts, OptionalDouble greedyReward, Optional<Likelihood> golden) {
    EstimatorChoice choice = settings.choice();
    Set<Input> inputs = choice.estimator().inputs(choice.parameters());
    String estimator = choice.estimator().spec().name();
    if (inputs.contains(Input.GENERATED_TOKENS)) {
      checkTokens(rollouts, estimator);
      golden.ifPresent(answer -> checkTokens(answer, path + ".golden_tokens", estimator));
    }
    if (inputs.contains(Input.GREEDY_REWARD) && greedyReward.isEmpty()) {
      absent(path + ".greedy_reward", "given", estimator);
    }
    if (inputs.contains(Input.REWARD_COMPONENTS)) {
      checkComponents(rollouts, estimator);
    }
    settings
        .gold()
        .map(gold -> gold.get(GoldParameters.REPLACEMENT))
        .ifPresent(replacement -> checkReplacement(rollouts, replacement));
  }

  private void checkReplacement(List<RolloutScore> rollouts, Replacement replacement) {
    String reason = "gold.replacement " + replacement.name();
    if (replacement.needsTokens()) {
      checkTokens(rollouts, reason);
    }
    for (int i = 0; replacement.needsOldLogProb() && i < rollouts.size(); i++) {
      if (counts(rollouts.get(i)) && rollouts.get(i).likelihood().oldLogProb().isEmpty()) {
        absent(rollout(i, "old_log_prob"), "given", reason);
      }
    }
  }

  private void checkTokens(List<RolloutScore> rollouts, String reason) {
    for (int i = 0; i < rollouts.size(); i++) {
      if (counts(rollouts.get(i))) {
        checkTokens(rollouts.get(i).likelihood(), rollout(i, "generated_tokens"), reason);
      }
    }
  }

  private void checkTokens(Likelihood likelihood, String field, String reason) {
    if (likelihood.generatedTokens().isEmpty()) {
      absent(field, ">= 1", reason);
    } else if (likelihood.generatedTokens().getAsInt() == 0) {
      violations.invalid(field, "0 (expected: >= 1, for " + reason + ")");
    }
  }

  private void checkComponents(List<RolloutScore> rollouts, String estimator) {
    Set<String> expected = Set.of();
    for (int i = 0; i < rollouts.size(); i++) {
      if (!counts(rollouts.get(i))) {
        continue;
      }
      Set<String> names = new TreeSet<>(rollouts.get(i).components().keySet());
      if (names.isEmpty()) {
        violations.invalid(
            rollout(i, "reward_components"),
            "empty (expected: at least one, for " + estimator + ")");
      } else if (expected.isEmpty()) {
        expected = names;
        checkWeights(names);
      } else if (!names.equals(expected)) {
        violations.invalid(
            rollout(i, "reward_components"),
            "%s (expected: %s as in the first)".formatted(names, expected));
      }
    }
  }

  /** Weights are by component; one that no rollout has is a typing error. */
  private void checkWeights(Set<String> components) {
    for (Parameter<?> parameter : settings.choice().estimator().spec().parameters()) {
      if (parameter instanceof Parameter.Weights weights) {
        for (String name : settings.choice().parameters().get(weights).keySet()) {
          if (!components.contains(name)) {
            violations.invalid(
                path + ".config." + weights.name() + "." + name,
                "not a component (expected: one of %s)".formatted(components));
          }
        }
      }
    }
  }

  private void absent(String field, String expected, String reason) {
    violations.invalid(field, "absent (expected: " + expected + ", for " + reason + ")");
  }

  private String rollout(int i, String field) {
    return "%s.rollouts[%d].%s".formatted(path, i, field);
  }

  private static boolean counts(RolloutScore rollout) {
    return rollout.reward().isPresent();
  }
}
