// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.gcpo.advantage.server.advantage.AdvantageCalculator;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.RolloutAdvantage;
import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.gold.GoldOutcome;
import io.gcpo.advantage.server.advantage.gold.GoldParameters;
import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.importance.ImportanceParameters;
import io.gcpo.advantage.server.advantage.importance.ImportanceRatio;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.Advantages;
import io.gcpo.advantage.server.testing.Computed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** All of {@code golden/peers}: answers against 50-digit arithmetic from the definitions. */
final class GoldenPeersTest {
  private static final double TOLERANCE = 1e-9;
  private static final String NORMALIZATION = "NORMALIZATION";
  private static final String GOLD = "GCPO_GOLD";

  private final EstimatorRegistry registry = new EstimatorRegistry();
  private final JsonObject file = GoldenJson.read("peers/peers.json");

  @Test
  void cases_coverEveryEstimatorButTheCooperative() {
    Set<String> covered =
        cases().map(golden -> golden.get("estimator").getAsString()).collect(Collectors.toSet());
    Set<String> expected =
        registry.all().stream()
            .map(estimator -> estimator.spec().name())
            .collect(Collectors.toCollection(TreeSet::new));
    expected.remove("GCPO_COOPERATIVE");
    expected.add(NORMALIZATION);
    assertThat(covered).containsExactlyInAnyOrderElementsOf(expected);
  }

  @TestFactory
  Stream<DynamicTest> cases_equalGolden() {
    return cases()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.get("estimator").getAsString() + " " + golden.get("config"),
                    () -> {
                      switch (golden.get("estimator").getAsString()) {
                        case NORMALIZATION -> assertNormalization(golden);
                        case GOLD -> assertGold(golden);
                        default -> assertEstimator(golden);
                      }
                    }));
  }

  @Test
  void importance_equalsGolden() {
    JsonObject golden = file.getAsJsonObject("importance");
    Parameters parameters =
        GoldenGroups.parameters(ImportanceParameters.all(), golden.getAsJsonObject("config"));
    List<JsonObject> rollouts = GoldenJson.objects(golden.get("rollouts"));
    assertThat(rollouts).hasSizeGreaterThanOrEqualTo(40);
    for (JsonObject rollout : rollouts) {
      Likelihood likelihood =
          new Likelihood(
              OptionalInt.of(rollout.get("generated_tokens").getAsInt()),
              OptionalDouble.of(rollout.get("log_prob").getAsDouble()),
              OptionalDouble.of(rollout.get("old_log_prob").getAsDouble()));
      ImportanceRatio ratio =
          ImportanceRatio.of(likelihood, rollout.get("advantage").getAsDouble(), parameters)
              .orElseThrow();
      double expected = rollout.get("ratio").getAsDouble();
      assertThat(ratio.value())
          .as("%s", rollout)
          .isCloseTo(expected, within(TOLERANCE * Math.max(1, expected)));
      assertThat(ratio.clipped())
          .as("%s", rollout)
          .isEqualTo(rollout.get("clipped").getAsBoolean());
    }
  }

  private Stream<JsonObject> cases() {
    return GoldenJson.objects(file.get("cases")).stream();
  }

  private void assertEstimator(JsonObject golden) {
    AdvantageEstimator estimator =
        registry.byName(golden.get("estimator").getAsString()).orElseThrow();
    Parameters parameters =
        GoldenGroups.parameters(estimator.spec().parameters(), golden.getAsJsonObject("config"));
    List<GroupAdvantages> answers =
        GoldenGroups.compute(
            new EstimatorChoice(estimator, parameters), GoldenJson.objects(golden.get("groups")));
    for (int i = 0; i < answers.size(); i++) {
      Vector actual = Advantages.advantages(answers.get(i));
      Vector expected = expected(golden, i);
      assertClose("group " + i, actual, expected);
      if (answers.get(i).centered()) {
        assertThat(actual.sum())
            .as("sum of group %d", i)
            .isCloseTo(0, within(tolerance(expected) * expected.size()));
      }
    }
  }

  private void assertNormalization(JsonObject golden) {
    JsonObject config = golden.getAsJsonObject("config");
    Normalization normalization = Normalization.valueOf(config.get("normalization").getAsString());
    double mixLambda = config.has("mix_lambda") ? config.get("mix_lambda").getAsDouble() : 0;
    List<JsonObject> groups = GoldenJson.objects(golden.get("groups"));
    for (int i = 0; i < groups.size(); i++) {
      Vector scores = GoldenJson.vector(groups.get(i).get("scores"));
      Vector rewards = GoldenJson.vector(groups.get(i).get("rewards"));
      Vector actual =
          normalization.apply(
              new Normalization.Input(scores, rewards, Ties.EMBEDDINGS, 1e-6, mixLambda));
      assertClose("group " + i, actual, expected(golden, i));
    }
  }

  private void assertGold(JsonObject golden) {
    JsonObject config = new JsonObject();
    JsonObject written = golden.getAsJsonObject("config");
    config.add("threshold", written.get("golden_threshold"));
    config.add("reward", written.get("golden_reward"));
    config.add("replacement", written.get("replacement"));
    Parameters parameters = GoldenGroups.parameters(GoldParameters.all(), config);
    List<JsonObject> groups = GoldenJson.objects(golden.get("groups"));
    for (int i = 0; i < groups.size(); i++) {
      assertGold("group " + i, groups.get(i), expected(golden, i), parameters);
    }
  }

  private void assertGold(String name, JsonObject group, Vector expected, Parameters gold) {
    List<RolloutScore> scores = GoldenGroups.scores(group);
    GoldDecision decision = GoldDecision.of(scores, Optional.of(Likelihood.UNKNOWN), name, gold);
    boolean replaced = !group.get("replaced_index").isJsonNull();
    assertThat(decision.outcome())
        .as(name)
        .isEqualTo(replaced ? GoldOutcome.REPLACED : GoldOutcome.NOT_TRIGGERED);
    ScoredGroup scored =
        decision.golden().map(ScoredGroup.of(scores)::withGolden).orElse(ScoredGroup.of(scores));
    AdvantageSettings settings = Computed.settings(Computed.choice(GOLD));
    GroupAdvantages answer =
        new AdvantageCalculator()
            .compute(List.of(scored), List.of(settings), DiversityPlan.NOTHING)
            .get(0);
    int place = decision.golden().map(Golden::place).orElse(-1);
    assertClose(
        name,
        Vector.of(
            expected.size(),
            i ->
                (i == place ? answer.golden().orElseThrow() : answer.rollouts().get(i))
                    .advantage()),
        expected);
    if (replaced) {
      assertThat(place).as(name).isEqualTo(group.get("replaced_index").getAsInt());
      assertThat(answer.golden().map(RolloutAdvantage::advantage).orElseThrow())
          .as(name)
          .isCloseTo(group.get("golden_advantage").getAsDouble(), within(TOLERANCE));
      assertThat(answer.rollouts().get(place).advantage()).as(name).isZero();
    }
  }

  private static Vector expected(JsonObject golden, int group) {
    return GoldenJson.vector(golden.getAsJsonArray("advantages").get(group));
  }

  /** To the tolerance of the golden file's README; a tie is exact. */
  private static void assertClose(String description, Vector actual, Vector expected) {
    assertThat(actual.size()).as(description).isEqualTo(expected.size());
    assertThat(actual.isZero()).as(description).isEqualTo(expected.isZero());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i))
          .as("%s, rollout %d", description, i)
          .isCloseTo(expected.get(i), within(tolerance(expected)));
    }
  }

  private static double tolerance(Vector expected) {
    return TOLERANCE * Math.max(1, Math.max(expected.max(), -expected.min()));
  }
}
