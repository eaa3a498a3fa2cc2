// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  private enum Colour {
    RED,
    DARK_BLUE,
    GREEN
  }

  private static final Parameter.Real SCALE =
      new Parameter.Real("scale", "Scales.", 1.0, 0, true, 1e6);
  private static final Parameter.Real SHARE =
      new Parameter.Real("share", "A share.", 0.5, 0, false, 0.75);
  private static final Parameter.Whole LIMIT = new Parameter.Whole("limit", "Limits.", 16, 0, 20);
  private static final Parameter.Choice<Colour> COLOUR =
      new Parameter.Choice<>(
          "colour", "Paints.", Colour.RED, Colour.class, List.of(Colour.RED, Colour.DARK_BLUE));

  private final Parameters parameters = Parameters.defaultsOf(List.of(SCALE, SHARE, COLOUR));

  @Test
  void with_validValue_replacesIt() {
    Parameters changed = parameters.with(SCALE, 1e6);
    assertThat(changed.get(SCALE)).isEqualTo(1e6);
    assertThat(parameters.get(SCALE)).isEqualTo(1);
    assertThat(changed).isNotEqualTo(parameters);
    assertThat(changed.with(SCALE, 1.0)).isEqualTo(parameters).hasSameHashCodeAs(parameters);
  }

  @Test
  void with_valueOutOfRange_isRefusedWithTheRange() {
    assertThatThrownBy(() -> parameters.with(SCALE, 0.0))
        .hasMessage("scale: 0.0 (expected: in (0, 1000000])");
    assertThatThrownBy(() -> parameters.with(SHARE, 0.76))
        .hasMessage("share: 0.76 (expected: in [0, 0.75])");
    assertThatThrownBy(() -> parameters.with(SHARE, Double.NaN))
        .hasMessage("share: NaN (expected: in [0, 0.75])");
    assertThatThrownBy(() -> Parameters.defaultsOf(List.of(LIMIT)).with(LIMIT, 21))
        .hasMessage("limit: 21 (expected: in [0, 20])");
    assertThatThrownBy(() -> parameters.with(COLOUR, Colour.GREEN))
        .hasMessage("colour: GREEN (expected: one of red, dark_blue)");
  }

  @Test
  void with_undeclaredParameter_isRefused() {
    assertThatThrownBy(() -> parameters.with(LIMIT, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: not declared");
    assertThatThrownBy(() -> parameters.get(LIMIT)).hasMessage("limit: not declared");
  }
}
