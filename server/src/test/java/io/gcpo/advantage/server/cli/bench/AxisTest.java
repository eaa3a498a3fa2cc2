// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void linear_endsAtARoundValue() {
    Axis axis = Axis.linear(37, 100, 0);

    assertThat(axis.ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0);
    assertThat(axis.position(0)).isEqualTo(100);
    assertThat(axis.position(20)).isEqualTo(50);
    assertThat(axis.position(40)).isZero();
  }

  @Test
  void logarithmic_takesWholeDecades() {
    Axis axis = Axis.logarithmic(3, 400, 0, 300);

    assertThat(axis.ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
    assertThat(axis.position(100)).isCloseTo(200, within(1e-9));
    assertThat(axis.position(0)).isZero();
  }

  @Test
  void ends_areDifferentWhateverTheData() {
    for (double value : new double[] {0, 1e-9, 0.3, 1, 10, 1e7}) {
      assertThat(Axis.linear(value, 0, 1).to()).isPositive().isGreaterThanOrEqualTo(value);
      Axis axis = Axis.logarithmic(value, value, 0, 1);
      assertThat(axis.to()).isGreaterThan(axis.from());
    }
  }

  @Test
  void labels_areShort() {
    assertThat(Axis.label(0)).isEqualTo("0");
    assertThat(Axis.label(0.5)).isEqualTo("0.5");
    assertThat(Axis.label(0.25)).isEqualTo("0.25");
    assertThat(Axis.label(20)).isEqualTo("20");
    assertThat(Axis.label(15000)).isEqualTo("15,000");
  }
}
