// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuSampleTest {
  @Test
  void parse_line_hasBaseUnits() {
    GpuSample sample =
        GpuSample.parse("1, NVIDIA H200, 570.86.15, 2048, 143771, 37, 118.52, 41").orElseThrow();

    assertThat(sample.gpu()).isEqualTo("1");
    assertThat(sample.name()).isEqualTo("NVIDIA H200");
    assertThat(sample.driver()).isEqualTo("570.86.15");
    assertThat(sample.memoryUsedBytes()).hasValue(2048.0 * (1 << 20));
    assertThat(sample.memoryTotalBytes()).hasValue(143771.0 * (1 << 20));
    assertThat(sample.utilization().orElseThrow()).isCloseTo(0.37, within(1e-12));
    assertThat(sample.watts()).hasValue(118.52);
    assertThat(sample.celsius()).hasValue(41);
  }

  @Test
  void parse_notReported_isAbsent() {
    GpuSample sample =
        GpuSample.parse("0, Tesla M60, 535.1, [N/A], 100, [Not Supported], [N/A], 30")
            .orElseThrow();

    assertThat(sample.memoryUsedBytes()).isEmpty();
    assertThat(sample.utilization()).isEmpty();
    assertThat(sample.watts()).isEmpty();
    assertThat(sample.celsius()).hasValue(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "No devices were found", "a, b, c, d, e, f, g, h", "0, x, y, 1, 2, 3, 4"})
  void parse_somethingElse_isNone(String line) {
    assertThat(GpuSample.parse(line)).isEmpty();
  }
}
