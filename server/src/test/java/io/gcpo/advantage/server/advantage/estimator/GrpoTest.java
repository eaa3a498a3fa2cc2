// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.testing.Advantages.advantages;
import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.Computed;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import org.junit.jupiter.api.Test;

final class GrpoTest {
  private final Grpo estimator = new Grpo();
  private final Parameters defaults = Parameters.defaultsOf(estimator.spec().parameters());

  @Test
  void estimate_binaryRewards_equalsVerlAndTrl() {
    Vector rewards = Vector.of(1, 0, 0, 1, 1, 0, 0, 0);
    Vector verl = estimate(rewards, defaults).advantages();
    assertThat(verl.get(0)).isCloseTo(1.207612, within(5e-7));
    assertThat(verl.get(1)).isCloseTo(-0.724567, within(5e-7));
    Vector trl = estimate(rewards, defaults.with(CommonParameters.EPSILON, 1e-4)).advantages();
    assertThat(trl.get(0)).isCloseTo(1.207381, within(5e-7));
    assertThat(trl.get(1)).isCloseTo(-0.724429, within(5e-7));
  }

  @Test
  void estimate_exampleA_hasKnownValues() {
    double correct = 0.25 / (0.5 + 1e-6);
    Vector advantages = estimate(Vector.of(1, 1, 1, 0), defaults).advantages();
    assertClose("STD", advantages, correct, correct, correct, -3 * correct);
    assertThat(advantages.get(0)).isCloseTo(0.499999, within(1e-9));
    assertThat(advantages.get(3)).isCloseTo(-1.499997, within(1e-9));
  }

  @Test
  void estimate_centered_subtractsTheMeanOnly() {
    Parameters centered = defaults.with(Grpo.NORMALIZATION, Normalization.CENTERED);
    assertThat(estimate(Vector.of(1, 0, 3, 0), centered).advantages())
        .isEqualTo(Vector.of(0, -1, 2, -1));
  }

  @Test
  void estimate_equalRewards_isATieOfExactZeros() {
    Estimate estimate = estimate(Vector.of(7, i -> 0.1), defaults);
    assertThat(estimate.centered()).isTrue();
    assertThat(estimate.advantages()).isEqualTo(Vector.zero(7));
    assertThat(estimate(Vector.of(1, 1 + 2e-12), defaults).advantages().isZero()).isFalse();
    assertThat(estimate(Vector.of(1, 1 + 0.5e-12), defaults).advantages().isZero()).isTrue();
  }

  @Test
  void estimate_largeOffset_keepsTheSpread() {
    double expected = 0.5 / (Math.sqrt(1.0 / 3) + 1e-6);
    assertClose(
        "STD",
        estimate(Vector.of(1e6, 1e6 + 1, 1e6, 1e6 + 1), defaults).advantages(),
        -expected,
        expected,
        -expected,
        expected);
  }

  @Test
  void compute_randomGroups_needsNoEmbeddingsAndSumsToZero() {
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup sample = new RandomGroups(seed).next(16);
      GroupAdvantages group =
          Computed.compute(
              ScoredGroup.of(sample.scores(i -> true)),
              EstimatorChoice.withDefaults(estimator),
              true);
      assertThat(advantages(group).sum()).as("seed %d", seed).isCloseTo(0, within(1e-9));
      assertThat(group.diversity()).isEmpty();
      assertThat(group.teamCredit()).isEmpty();
      assertThat(group.centered()).isTrue();
    }
  }

  @Test
  void spec_declaresWhatItNeeds() {
    assertThat(estimator.spec().inputs()).isEmpty();
    assertThat(estimator.spec().parameters())
        .extracting(Parameter::name)
        .containsExactly("profile", "normalization", "epsilon", "singleton", "tie_tolerance");
  }

  private Estimate estimate(Vector rewards, Parameters parameters) {
    return estimator.estimate(ScoredRollouts.of(rewards), parameters);
  }
}
