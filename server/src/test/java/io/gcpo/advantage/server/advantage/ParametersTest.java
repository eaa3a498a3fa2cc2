// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ParametersTest {
  private final Parameters grpo = Parameters.defaultsOf(new Grpo().spec().parameters());
  private final Parameters cooperative =
      Parameters.defaultsOf(new GcpoCooperative().spec().parameters());

  @Test
  void with_validValue_replacesIt() {
    Parameters changed = cooperative.with(GcpoCooperative.ALPHA, 1e6);
    assertThat(changed.get(GcpoCooperative.ALPHA)).isEqualTo(1e6);
    assertThat(cooperative.get(GcpoCooperative.ALPHA)).isEqualTo(1);
    assertThat(changed).isNotEqualTo(cooperative);
    assertThat(changed.with(GcpoCooperative.ALPHA, 1.0))
        .isEqualTo(cooperative)
        .hasSameHashCodeAs(cooperative);
  }

  @Test
  void with_valueOutOfRange_isRefusedWithTheRange() {
    assertThatThrownBy(() -> cooperative.with(GcpoCooperative.ALPHA, 0.0))
        .hasMessage("alpha: 0.0 (expected: in (0, 1000000])");
    assertThatThrownBy(() -> cooperative.with(GcpoCooperative.REWARD_EXPONENT, 4.1))
        .hasMessage("reward_exponent: 4.1 (expected: in (0, 4])");
    assertThatThrownBy(() -> cooperative.with(GcpoCooperative.EXACT_LIMIT, 21))
        .hasMessage("exact_limit: 21 (expected: in [0, 20])");
    assertThatThrownBy(() -> cooperative.with(GcpoCooperative.TIE_TOLERANCE, -1e-9))
        .hasMessage("tie_tolerance: -1.0E-9 (expected: in [0, 1])");
    assertThatThrownBy(() -> grpo.with(CommonParameters.EPSILON, Double.NaN))
        .hasMessage("epsilon: NaN (expected: in (0, 1])");
  }

  @Test
  void with_undeclaredParameter_isRefused() {
    assertThatThrownBy(() -> grpo.with(GcpoCooperative.ALPHA, 1.0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alpha: not declared");
    assertThatThrownBy(() -> grpo.get(CommonParameters.KERNEL)).hasMessage("kernel: not declared");
  }

  @Test
  void range_choice_namesItsOptions() {
    assertThat(CommonParameters.NORMALIZATION.range()).isEqualTo("one of std, centered");
    assertThat(CommonParameters.KERNEL.range()).isEqualTo("one of embedding_cosine");
  }

  @Test
  void defaults_tieTolerance_dependsOnTheEstimator() {
    assertThat(grpo.get(Grpo.TIE_TOLERANCE)).isEqualTo(1e-12);
    assertThat(cooperative.get(GcpoCooperative.TIE_TOLERANCE)).isEqualTo(1e-5);
  }
}
