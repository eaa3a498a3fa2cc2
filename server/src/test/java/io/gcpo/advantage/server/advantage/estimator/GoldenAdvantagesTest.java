// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.credit.Allocation;
import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.Advantages;
import io.gcpo.advantage.server.testing.Computed;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The answers for random groups against what NumPy makes of the definitions. */
final class GoldenAdvantagesTest {
  private static final double TOLERANCE = 1e-9;
  private static final GcpoCooperative COOPERATIVE = new GcpoCooperative();
  private static final List<Normalization> NORMALIZATIONS =
      List.of(Normalization.STD, Normalization.CENTERED);

  @Test
  void kernel_equalsGolden() {
    forEachGroup(
        (name, golden) -> {
          SymmetricMatrix kernel = CosineKernel.of(GoldenJson.embeddings(golden));
          JsonArray rows = golden.getAsJsonArray("kernel");
          for (int i = 0; i < rows.size(); i++) {
            Vector expected = GoldenJson.vector(rows.get(i));
            int row = i;
            assertClose(
                name + ", kernel", Vector.of(rows.size(), j -> kernel.get(row, j)), expected);
          }
        });
  }

  @Test
  void exactShapley_equalsGolden() {
    forEachGroup((name, golden) -> assertCooperative(name, golden, "exact", Allocation.SHAPLEY));
  }

  @Test
  void matrixLog_equalsGolden() {
    forEachGroup(
        (name, golden) -> assertCooperative(name, golden, "matrix_log", Allocation.MATRIX_LOG));
  }

  @Test
  void grpo_equalsGolden() {
    forEachGroup(
        (name, golden) -> {
          Grpo grpo = new Grpo();
          for (Normalization normalization : NORMALIZATIONS) {
            Parameters parameters =
                Parameters.defaultsOf(grpo.spec().parameters())
                    .with(Grpo.NORMALIZATION, normalization);
            GroupAdvantages group =
                Computed.compute(
                    ScoredGroup.of(scores(golden)), new EstimatorChoice(grpo, parameters), false);
            assertClose(
                name + ", GRPO " + normalization,
                Advantages.advantages(group),
                GoldenJson.vector(golden.getAsJsonObject("grpo").get(normalization.name())));
          }
        });
  }

  @Test
  void diversity_equalsGolden() {
    forEachGroup(
        (name, golden) -> {
          GroupDiversity diversity =
              Computed.compute(group(golden), EstimatorChoice.withDefaults(COOPERATIVE), true)
                  .diversity()
                  .orElseThrow();
          assertClose(name, diversity.all(), golden.getAsJsonObject("diversity"));
          assertClose(name, diversity.correct(), golden.getAsJsonObject("diversity_correct"));
        });
  }

  private void assertCooperative(
      String name, JsonObject golden, String method, Allocation allocation) {
    JsonObject expected = golden.getAsJsonObject(method);
    for (Normalization normalization : NORMALIZATIONS) {
      Parameters parameters =
          Parameters.defaultsOf(COOPERATIVE.spec().parameters())
              .with(CreditParameters.ALPHA, golden.get("alpha").getAsDouble())
              .with(CreditParameters.REWARD_EXPONENT, golden.get("reward_exponent").getAsDouble())
              .with(CreditParameters.ALLOCATION, allocation)
              .with(GcpoCooperative.NORMALIZATION, normalization);
      GroupAdvantages group =
          Computed.compute(group(golden), new EstimatorChoice(COOPERATIVE, parameters), false);
      String description = name + ", " + method;
      TeamCredit team = group.teamCredit().orElseThrow();
      assertThat(team.teamValue())
          .as(description)
          .isCloseTo(expected.get("team_value").getAsDouble(), within(TOLERANCE));
      if (team.teamValue() > 0) {
        assertThat(team.method())
            .as(description)
            .isEqualTo(
                allocation == Allocation.MATRIX_LOG ? CreditMethod.MATRIX_LOG : CreditMethod.EXACT);
      }
      assertClose(
          description, Advantages.credits(group), GoldenJson.vector(expected.get("credit")));
      assertClose(
          description, Advantages.scaledCredits(group), GoldenJson.vector(expected.get("scaled")));
      assertClose(
          description + " " + normalization,
          Advantages.advantages(group),
          GoldenJson.vector(expected.get(normalization.name())));
    }
  }

  private static void assertClose(String name, DiversityMetrics actual, JsonObject expected) {
    assertThat(actual.count()).as(name).isEqualTo(expected.get("count").getAsInt());
    assertThat(actual.distinct()).as(name).hasValue(expected.get("distinct").getAsInt());
    assertClose(
        name + ", diversity",
        Vector.of(
            actual.vendiScores().orElseThrow().orderOne(),
            actual.pairwiseDistances().orElseThrow().mean(),
            actual.effectiveCount().orElseThrow()),
        Vector.of(
            expected.get("vendi").getAsDouble(),
            expected.get("distance").getAsDouble(),
            expected.get("effective").getAsDouble()));
  }

  private static void assertClose(String description, Vector actual, Vector expected) {
    assertThat(actual.size()).as(description).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).as(description).isCloseTo(expected.get(i), within(TOLERANCE));
    }
  }

  private static void forEachGroup(BiConsumer<String, JsonObject> check) {
    List<JsonObject> groups =
        GoldenJson.objects(GoldenJson.read("advantage/advantages.json").get("groups"));
    assertThat(groups).hasSizeGreaterThanOrEqualTo(30);
    for (int i = 0; i < groups.size(); i++) {
      check.accept("group " + i, groups.get(i));
    }
  }

  private static ScoredGroup group(JsonObject golden) {
    return ScoredGroup.of(scores(golden))
        .withCompared(Computed.compared(GoldenJson.embeddings(golden)));
  }

  private static List<RolloutScore> scores(JsonObject golden) {
    return GoldenJson.rewards(golden).stream().map(RolloutScore::of).toList();
  }
}
