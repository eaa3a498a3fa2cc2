// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BackendSupportTest {
  @ParameterizedTest
  @CsvSource({
    "nd4j-cuda-11.6, 3.5, false",
    "nd4j-cuda-11.6, 3.7, true",
    "nd4j-cuda-11.6, 7.0, true",
    "nd4j-cuda-11.6, 8.6, true",
    "nd4j-cuda-11.6, 8.9, true",
    "nd4j-cuda-11.6, 9.0, false",
    "nd4j-cuda-11.6, 10.0, false",
    "nd4j-cuda-12.3, 3.7, false",
    "nd4j-cuda-12.3, 5.0, true",
    "nd4j-cuda-12.3, 9.0, true",
    "nd4j-cuda-12.3, 10.0, false",
    "nd4j-cuda-12.9, 10.0, true",
    "nd4j-cuda-12.9, 12.0, true",
    "nd4j-cuda-12.9, 13.0, false",
  })
  void runsOn_knownBackend_byMajorAndMinor(String artifact, String capability, boolean expected) {
    ComputeCapability gpu = ComputeCapability.parse(capability).orElseThrow();

    assertThat(BackendSupport.of(artifact).orElseThrow().runsOn(gpu)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j-native", "nd4j-cuda-10.2", "nd4j-cuda-13.0", "nd4j-cuda-", ""})
  void of_unknown_isEmpty(String artifact) {
    assertThat(BackendSupport.of(artifact)).isEmpty();
  }

  @Test
  void toString_saysTheBounds() {
    assertThat(BackendSupport.of("nd4j-cuda-11.6").orElseThrow())
        .hasToString("nd4j-cuda-11.6, which runs on 3.7 to 8.x");
  }
}
