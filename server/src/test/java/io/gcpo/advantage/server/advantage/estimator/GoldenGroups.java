// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.testing.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Groups and configurations of golden files, and what the calculator answers to them. */
final class GoldenGroups {
  private GoldenGroups() {}

  /** The advantages of all groups of a case together. */
  static List<GroupAdvantages> compute(EstimatorChoice choice, List<JsonObject> groups) {
    AdvantageSettings settings = Computed.settings(choice);
    return new AdvantageCalculator()
        .compute(
            groups.stream().map(GoldenGroups::group).toList(),
            Collections.nCopies(groups.size(), settings),
            DiversityPlan.NOTHING);
  }

  /** With all that the golden group has. */
  static ScoredGroup group(JsonObject golden) {
    ScoredGroup group = ScoredGroup.of(scores(golden));
    if (golden.has("greedy_reward")) {
      group = group.withGreedyReward(OptionalDouble.of(golden.get("greedy_reward").getAsDouble()));
    }
    return golden.has("embeddings")
        ? group.withCompared(Computed.compared(GoldenJson.embeddings(golden)))
        : group;
  }

  static List<RolloutScore> scores(JsonObject golden) {
    List<OptionalDouble> rewards = GoldenJson.rewards(golden);
    List<RolloutScore> scores = new ArrayList<>();
    for (int i = 0; i < rewards.size(); i++) {
      scores.add(new RolloutScore(rewards.get(i), components(golden, i), likelihood(golden, i)));
    }
    return scores;
  }

  /** The declared parameters with a configuration's values; an unknown name is an error. */
  static Parameters parameters(List<Parameter<?>> declared, JsonObject config) {
    Parameters parameters = Parameters.defaultsOf(declared);
    for (Map.Entry<String, JsonElement> entry : config.entrySet()) {
      Parameter<?> parameter =
          declared.stream()
              .filter(candidate -> candidate.name().equals(entry.getKey()))
              .findFirst()
              .orElseThrow(() -> new AssertionError(entry.getKey() + ": not declared"));
      parameters = with(parameters, parameter, entry.getValue());
    }
    return parameters;
  }

  private static Parameters with(Parameters parameters, Parameter<?> parameter, JsonElement value) {
    if (parameter instanceof Parameter.Real real) {
      return parameters.with(real, value.getAsDouble());
    }
    if (parameter instanceof Parameter.Whole whole) {
      return parameters.with(whole, value.getAsInt());
    }
    if (parameter instanceof Parameter.Weights weights) {
      return parameters.with(weights, numbers(value.getAsJsonObject()));
    }
    return withOption(parameters, (Parameter.Choice<?>) parameter, value.getAsString());
  }

  private static <E extends Enum<E>> Parameters withOption(
      Parameters parameters, Parameter.Choice<E> choice, String name) {
    return parameters.with(
        choice,
        Arrays.stream(choice.type().getEnumConstants())
            .filter(option -> option.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + ": no " + choice.name())));
  }

  private static Map<String, Double> components(JsonObject golden, int i) {
    return golden.has("reward_components")
        ? numbers(golden.getAsJsonArray("reward_components").get(i).getAsJsonObject())
        : Map.of();
  }

  private static Map<String, Double> numbers(JsonObject object) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    object.entrySet().forEach(e -> numbers.put(e.getKey(), e.getValue().getAsDouble()));
    return numbers;
  }

  private static Likelihood likelihood(JsonObject golden, int i) {
    if (!golden.has("generated_tokens")) {
      return Likelihood.UNKNOWN;
    }
    int tokens = golden.getAsJsonArray("generated_tokens").get(i).getAsInt();
    return new Likelihood(OptionalInt.of(tokens), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
