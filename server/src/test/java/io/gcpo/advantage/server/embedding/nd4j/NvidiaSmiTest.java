// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NvidiaSmiTest {
  private static final String TABLE =
      """
      0, GPU-aaaa1111, 8.6
      1, GPU-bbbb2222, 9.0
      2, GPU-cccc3333, [N/A]
      """;

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, 0, 8.6",
        "none, 1, 9.0",
        "none, 2, none",
        "none, 3, none",
        "1, 0, 9.0",
        "1, 1, none",
        "'1,0', 1, 8.6",
        "GPU-bbbb, 0, 9.0",
        "GPU-dddd, 0, none",
        "'', 0, none",
        "-1, 0, none",
      })
  void find_visibleDevices_numberedAsCudaDoes(String visible, int index, String expected) {
    assertThat(NvidiaSmi.find(TABLE, Optional.ofNullable(visible), index))
        .isEqualTo(Optional.ofNullable(expected).flatMap(ComputeCapability::parse));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
        "0\n",
        "\n\n",
        "0, GPU-aaaa1111, 8.6, 9",
        "0, GPU-aaaa1111, 99999999999.0",
      })
  void find_notATable_isEmpty(String table) {
    assertThat(NvidiaSmi.find(table, Optional.empty(), 0)).isEmpty();
  }

  @Test
  void of_farBeyondAnyMachine_isEmpty() {
    assertThat(new NvidiaSmi().of(999)).isEmpty();
  }
}
