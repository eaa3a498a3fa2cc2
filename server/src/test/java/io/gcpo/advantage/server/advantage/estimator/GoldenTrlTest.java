// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.Advantages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Against what TRL's own trainers made of prescribed rewards. A reward that is {@code None} is an
 * absent one. Left out, as this service does not serve them:
 *
 * <ul>
 *   <li>{@code scale_rewards="batch"} and RLOO's {@code normalize_advantages};
 *   <li>batches of GDPO in which a rollout lacks some of the components: here every rollout brings
 *       all of them.
 * </ul>
 */
final class GoldenTrlTest {
  private static final double TOLERANCE = 1e-6;

  private final EstimatorRegistry registry = new EstimatorRegistry();

  @Test
  void estimators_equalTrl() {
    Map<String, Integer> compared = new TreeMap<>();
    for (JsonObject golden : GoldenJson.objects(GoldenJson.read("trl/trl.json").get("cases"))) {
      Optional<EstimatorChoice> choice = choice(golden);
      choice.ifPresent(
          served -> {
            assertCase(golden, served);
            compared.merge(served.estimator().spec().name(), 1, Integer::sum);
          });
    }
    assertThat(compared)
        .containsOnlyKeys("DR_GRPO", "GDPO", "GRPO", "RLOO")
        .allSatisfy((estimator, cases) -> assertThat(cases).isGreaterThanOrEqualTo(18));
  }

  private static void assertCase(JsonObject golden, EstimatorChoice choice) {
    List<GroupAdvantages> answers =
        GoldenGroups.compute(choice, GoldenJson.objects(golden.get("groups")));
    Vector differences = GoldenJson.vector(golden.get("float64_difference"));
    for (int group = 0; group < answers.size(); group++) {
      Vector actual = Advantages.advantages(answers.get(group));
      Vector expected = GoldenJson.vector(golden.getAsJsonArray("advantages").get(group));
      double tolerance = Math.max(TOLERANCE, 2 * differences.get(group));
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i))
            .as("%s, group %d, rollout %d", golden.get("config"), group, i)
            .isCloseTo(expected.get(i), within(tolerance));
      }
    }
  }

  private Optional<EstimatorChoice> choice(JsonObject golden) {
    JsonObject trl = golden.getAsJsonObject("config");
    JsonObject config = new JsonObject();
    if (golden.get("trainer").getAsString().equals("RLOO")) {
      return trl.get("normalize_advantages").getAsBoolean()
          ? Optional.empty()
          : choice("RLOO", config);
    }
    if (trl.get("multi_objective_aggregation").getAsString().equals("normalize_then_sum")) {
      config.add("component_weights", trl.get("reward_weights"));
      return isComplete(golden) ? choice("GDPO", config) : Optional.empty();
    }
    return switch (trl.get("scale_rewards").getAsString()) {
      case "group" -> {
        config.addProperty("profile", "TRL");
        yield choice("GRPO", config);
      }
      case "none" -> choice("DR_GRPO", config);
      default -> Optional.empty();
    };
  }

  private Optional<EstimatorChoice> choice(String name, JsonObject config) {
    AdvantageEstimator estimator = registry.byName(name).orElseThrow();
    return Optional.of(
        new EstimatorChoice(
            estimator, GoldenGroups.parameters(estimator.spec().parameters(), config)));
  }

  /** Whether every rollout with a reward has every component. */
  private static boolean isComplete(JsonObject golden) {
    int components = golden.getAsJsonObject("config").getAsJsonObject("reward_weights").size();
    for (JsonObject group : GoldenJson.objects(golden.get("groups"))) {
      JsonArray rows = group.getAsJsonArray("reward_components");
      for (JsonElement row : rows) {
        int present = row.getAsJsonObject().size();
        if (present != 0 && present != components) {
          return false;
        }
      }
    }
    return true;
  }
}
