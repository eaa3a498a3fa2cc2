// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.group.Golden;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GoldDecisionTest {
  private static final Optional<Likelihood> ANSWER = Optional.of(Likelihood.UNKNOWN);

  private final Parameters defaults = Parameters.defaultsOf(GoldParameters.all());

  /** Old log-probabilities per token: -1, -2, -2, and the third's reward does not count. */
  private final List<RolloutScore> failed =
      List.of(
          score(0, 20, -20),
          score(-1, 10, -20),
          new RolloutScore(OptionalDouble.empty(), Map.of(), Likelihood.UNKNOWN),
          score(0, 20, -40));

  @Test
  void allFailed_lastThatCountsGivesItsPlace() {
    GoldDecision decision = GoldDecision.of(failed, ANSWER, "g", defaults);
    assertThat(decision.outcome()).isEqualTo(GoldOutcome.REPLACED);
    Golden golden = decision.golden().orElseThrow();
    assertThat(golden.place()).isEqualTo(3);
    assertThat(golden.score().reward()).hasValue(1);
    assertThat(place(failed.subList(0, 3), defaults)).isEqualTo(1);
  }

  @Test
  void threshold_isInclusive() {
    Parameters half = defaults.with(GoldParameters.THRESHOLD, 0.5);
    List<RolloutScore> weak = List.of(score(0.5, 1, 0), score(0, 1, 0));
    assertThat(GoldDecision.of(weak, ANSWER, "g", half).outcome()).isEqualTo(GoldOutcome.REPLACED);
    assertThat(GoldDecision.of(weak, ANSWER, "g", defaults))
        .isEqualTo(new GoldDecision(GoldOutcome.NOT_TRIGGERED, Optional.empty()));
  }

  @Test
  void noGoldenAnswer_isSaidOnlyWhereItWouldHaveBeenUsed() {
    assertThat(GoldDecision.of(failed, Optional.empty(), "g", defaults).outcome())
        .isEqualTo(GoldOutcome.NO_GOLDEN_ANSWER);
    List<RolloutScore> solved = List.of(score(1, 1, 0));
    assertThat(GoldDecision.of(solved, Optional.empty(), "g", defaults).outcome())
        .isEqualTo(GoldOutcome.NOT_TRIGGERED);
  }

  @Test
  void nothingThatCounts_isNotTriggered() {
    assertThat(GoldDecision.of(failed.subList(2, 3), ANSWER, "g", defaults).outcome())
        .isEqualTo(GoldOutcome.NOT_TRIGGERED);
  }

  @Test
  void longestAndLowestLogProb_takeTheLastOfSeveral() {
    assertThat(place(failed, defaults.with(GoldParameters.REPLACEMENT, Replacement.LONGEST)))
        .isEqualTo(3);
    Parameters lowest = defaults.with(GoldParameters.REPLACEMENT, Replacement.LOWEST_LOG_PROB);
    assertThat(place(failed, lowest)).isEqualTo(3);
    assertThat(place(failed.subList(0, 2), lowest)).isEqualTo(1);
    assertThat(
            place(
                failed.subList(0, 2),
                defaults.with(GoldParameters.REPLACEMENT, Replacement.LONGEST)))
        .isZero();
  }

  @Test
  void random_isDrawnFromSeedAndGroup() {
    Parameters random = defaults.with(GoldParameters.REPLACEMENT, Replacement.RANDOM);
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      int place = GoldDecision.of(failed, ANSWER, "g" + i, random).golden().orElseThrow().place();
      assertThat(GoldDecision.of(failed, ANSWER, "g" + i, random).golden().orElseThrow().place())
          .isEqualTo(place);
      places.add(place);
    }
    assertThat(places).containsExactlyInAnyOrder(0, 1, 3);
    Set<Integer> seeds = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      seeds.add(place(failed, random.with(GoldParameters.SEED, seed)));
    }
    assertThat(seeds).containsExactlyInAnyOrder(0, 1, 3);
  }

  private static int place(List<RolloutScore> rollouts, Parameters parameters) {
    return GoldDecision.of(rollouts, ANSWER, "g", parameters).golden().orElseThrow().place();
  }

  private static RolloutScore score(double reward, int tokens, double oldLogProb) {
    return new RolloutScore(
        OptionalDouble.of(reward),
        Map.of(),
        new Likelihood(
            OptionalInt.of(tokens), OptionalDouble.empty(), OptionalDouble.of(oldLogProb)));
  }
}
