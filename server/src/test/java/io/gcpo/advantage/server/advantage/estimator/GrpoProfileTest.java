// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GrpoProfileTest {
  private final Grpo grpo = new Grpo();
  private final Parameters defaults = Parameters.defaultsOf(grpo.spec().parameters());

  @ParameterizedTest
  @CsvSource({
    "TEXTBOOK, STD, 1e-6, ZERO",
    "TRL, STD, 1e-4, ZERO",
    "VERL, STD, 1e-6, REWARD",
    "OPENRLHF, STD, 1e-9, ZERO",
    "NEMO_RL, LEAVE_ONE_OUT_STD, 1e-6, ZERO",
    "SLIME, STD, 1e-6, ZERO",
    "SKYRL, STD, 1e-6, REWARD",
    "MS_SWIFT, STD, 1e-4, ZERO",
    "PRIME_RL, CENTERED, 1e-6, ZERO"
  })
  void profile_setsWhatTheContractSays(
      GrpoProfile profile, Normalization normalization, double epsilon, Singleton singleton) {
    Parameters parameters = defaults.with(Grpo.PROFILE, profile);
    assertThat(parameters.get(Grpo.NORMALIZATION)).isEqualTo(normalization);
    assertThat(parameters.get(CommonParameters.EPSILON)).isEqualTo(epsilon);
    assertThat(parameters.get(Grpo.SINGLETON)).isEqualTo(singleton);
  }

  @ParameterizedTest
  @CsvSource({
    "VERL, 1.207612, -0.724567",
    "TRL, 1.207381, -0.724429",
    "NEMO_RL, 1.463847, -0.801782",
    "PRIME_RL, 0.625, -0.375"
  })
  void profile_mixedRewards_givesItsLibrarysNumbers(
      GrpoProfile profile, double correct, double wrong) {
    Vector advantages =
        advantages(Vector.of(1, 0, 0, 1, 1, 0, 0, 0), defaults.with(Grpo.PROFILE, profile));
    assertThat(advantages.get(0)).isCloseTo(correct, within(5e-7));
    assertThat(advantages.get(1)).isCloseTo(wrong, within(5e-7));
  }

  @Test
  void profile_setFirst_canBeOverridden() {
    Parameters parameters =
        defaults
            .with(Grpo.PROFILE, GrpoProfile.NEMO_RL)
            .with(Grpo.NORMALIZATION, Normalization.CENTERED)
            .with(Grpo.SINGLETON, Singleton.REWARD)
            .with(CommonParameters.EPSILON, 1.0);
    assertThat(advantages(Vector.of(1, 0), parameters)).isEqualTo(Vector.of(0.5, -0.5));
    assertThat(advantages(Vector.of(3), parameters)).isEqualTo(Vector.of(1.5));
    assertThat(parameters.get(Grpo.PROFILE)).isEqualTo(GrpoProfile.NEMO_RL);
  }

  @ParameterizedTest
  @CsvSource({"VERL, 0.7", "SKYRL, 0.7", "TRL, 0", "NEMO_RL, 0", "PRIME_RL, 0"})
  void profile_loneRollout_isServedAsItsLibraryDoes(GrpoProfile profile, double expected) {
    Parameters parameters = defaults.with(Grpo.PROFILE, profile);
    assertThat(advantages(Vector.of(0.7), parameters).get(0)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void nemoRl_twoRollouts_givesTheirDifference() {
    Parameters nemo = defaults.with(Grpo.PROFILE, GrpoProfile.NEMO_RL);
    assertThat(advantages(Vector.of(3, 1), nemo)).isEqualTo(Vector.of(2, -2));
  }

  private Vector advantages(Vector rewards, Parameters parameters) {
    return grpo.estimate(ScoredRollouts.of(rewards), parameters).advantages();
  }
}
