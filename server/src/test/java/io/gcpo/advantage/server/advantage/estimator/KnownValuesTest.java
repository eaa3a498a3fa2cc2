// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.advantage.estimator.Estimating.advantages;
import static io.gcpo.advantage.server.advantage.estimator.Estimating.defaults;
import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small groups worked by hand, or published by a library, for estimators on rewards. */
final class KnownValuesTest {
  private static final double[] MIXED = {1, 0, 0, 1, 1, 0, 0, 0};

  @ParameterizedTest
  @CsvSource({
    "4, 1.5, -0.5",
    "8, 2.474874, -0.353553",
    "16, 3.75, -0.25",
  })
  void gold_oneGoldenAnswerAmongFailures_hasTheKnownValues(int size, double gold, double other) {
    Vector advantages =
        new GcpoGold()
            .estimate(
                ScoredRollouts.of(Vector.of(size, i -> i == size - 1 ? 1 : 0)),
                defaults(new GcpoGold()))
            .advantages();
    assertThat(advantages.get(size - 1)).isCloseTo(gold, within(2e-5));
    assertThat(advantages.get(0)).isCloseTo(other, within(2e-6));
  }

  @Test
  void gold_isAskedForByDefault_byItsOwnEstimatorOnly() {
    assertThat(new EstimatorRegistry().all())
        .filteredOn(AdvantageEstimator::goldByDefault)
        .hasExactlyElementsOfTypes(GcpoGold.class);
  }

  @Test
  void drGrpo_subtractsTheMeanOnly() {
    assertClose("DR_GRPO", advantages(new DrGrpo(), 1, 0, 3, 0), 0, -1, 2, -1);
  }

  @Test
  void rloo_mixedRewards_equalsItsLibraries() {
    Vector advantages = advantages(new Rloo(), MIXED);
    assertThat(advantages.get(0)).isCloseTo(0.714286, within(5e-7));
    assertThat(advantages.get(1)).isCloseTo(-0.428571, within(5e-7));
  }

  @Test
  void opo_weighsTheBaselineByTokens() {
    Opo opo = new Opo();
    ScoredRollouts rollouts =
        ScoredRollouts.of(Vector.of(1, 0, 0)).withGeneratedTokens(Vector.of(2, 1, 1));
    Estimate estimate = opo.estimate(rollouts, defaults(opo));
    assertThat(estimate.advantages()).isEqualTo(Vector.of(0.5, -0.5, -0.5));
    assertThat(estimate.centered()).isFalse();
    assertThat(opo.inputs(defaults(opo))).containsExactly(Input.GENERATED_TOKENS);
  }

  @Test
  void gpg_scalesByTheShareOfNonZeroRewardsInTheBatch() {
    List<Estimate> estimates =
        new Gpg()
            .estimate(
                List.of(
                    ScoredRollouts.of(Vector.of(1, 0)),
                    ScoredRollouts.of(Vector.of(0, 0, 0)),
                    ScoredRollouts.of(Vector.of(-1))),
                defaults(new Gpg()));
    assertThat(estimates)
        .extracting(Estimate::advantages)
        .containsExactly(Vector.of(1.5, -1.5), Vector.zero(3), Vector.zero(1));
    assertThat(estimates).allMatch(Estimate::centered);
  }

  @Test
  void gpg_nothingEarned_isZero() {
    assertThat(
            new Gpg()
                .estimate(List.of(ScoredRollouts.of(Vector.zero(3))), defaults(new Gpg()))
                .get(0)
                .advantages())
        .isEqualTo(Vector.zero(3));
  }

  @Test
  void remax_subtractsTheGreedyReward() {
    Estimate estimate =
        new Remax()
            .estimate(
                ScoredRollouts.of(Vector.of(1, 1, 0)).withGreedyReward(0.25),
                defaults(new Remax()));
    assertThat(estimate.advantages()).isEqualTo(Vector.of(0.75, 0.75, -0.25));
    assertThat(estimate.centered()).isFalse();
  }

  @Test
  void maxRl_dividesByTheMean() {
    MaxRl maxRl = new MaxRl();
    assertThat(advantages(maxRl, 1, 0, 0, 0)).isEqualTo(Vector.of(3, -1, -1, -1));
    Parameters quarter = defaults(maxRl).with(MaxRl.EPSILON, 0.25);
    assertThat(maxRl.estimate(ScoredRollouts.of(Vector.of(1, 0, 0, 0)), quarter).advantages())
        .isEqualTo(Vector.of(1.5, -0.5, -0.5, -0.5));
  }

  @Test
  void maxRl_meanNotAboveRounding_isZero() {
    assertThat(advantages(new MaxRl(), -1, 0, 0)).isEqualTo(Vector.zero(3));
    assertThat(advantages(new MaxRl(), 0.1, 0.2, -0.3)).isEqualTo(Vector.zero(3));
    assertThat(advantages(new MaxRl(), 0.1, 0.2, -0.29).isZero()).isFalse();
  }

  @Test
  void grpoPassk_paysTheLeadOfTheBest() {
    double deviation = Math.sqrt(0.5) + 1e-6;
    assertClose("lead", advantages(new GrpoPassk(), 0, 1.5, 0, 0.5), 0, 1 / deviation, 0, 0);
    assertThat(advantages(new GrpoPassk(), 1, 0, 1, 0)).isEqualTo(Vector.zero(4));
    assertThat(advantages(new GrpoPassk(), MIXED)).isEqualTo(Vector.zero(8));
  }

  @Test
  void gdpo_aLoudComponent_doesNotDrownTheOther() {
    Gdpo gdpo = new Gdpo();
    ScoredRollouts rollouts =
        ScoredRollouts.of(Vector.zero(4))
            .withComponents(
                Map.of(
                    "loud", Vector.of(1e6, -1e6, 1e6, -1e6),
                    "quiet", Vector.of(1, 1, -1, -1),
                    "constant", Vector.of(4, i -> 0.1)));
    Vector even = gdpo.estimate(List.of(rollouts), defaults(gdpo)).get(0).advantages();
    assertThat(even.get(0)).isCloseTo(1.2247, within(1e-3)); // sqrt(3/2)
    assertThat(even.get(1)).isCloseTo(0, within(2e-4));
    Parameters quiet = defaults(gdpo).with(Gdpo.COMPONENT_WEIGHTS, Map.of("loud", 0.0));
    Vector one = gdpo.estimate(List.of(rollouts), quiet).get(0).advantages();
    assertThat(one.get(0)).isEqualTo(one.get(1)).isCloseTo(0.866, within(1e-3)); // sqrt(3)/2
  }

  @Test
  void gdpo_groupWithoutSpread_isExactlyZeroAmongOthers() {
    Gdpo gdpo = new Gdpo();
    List<Estimate> estimates =
        gdpo.estimate(
            List.of(
                components(Vector.of(0.3, 0.7, 0.9, 0.11, 0.2)),
                components(Vector.of(7, i -> 0.1)),
                components(Vector.of(0.1, 0.2, 0.7))),
            defaults(gdpo));
    assertThat(estimates.get(1).advantages()).isEqualTo(Vector.zero(7));
    assertThat(estimates.get(0).advantages().isZero()).isFalse();
  }

  private static ScoredRollouts components(Vector values) {
    return ScoredRollouts.of(Vector.zero(values.size())).withComponents(Map.of("only", values));
  }
}
