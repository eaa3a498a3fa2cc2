// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceSettingTest {
  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "cuda:0", "cuda:3,cuda:1"})
  void parse_valid_printsTheSame(String text) {
    assertThat(DeviceSetting.parse(text)).hasToString(text);
  }

  @Test
  void parse_several_keepsTheOrder() {
    assertThat(DeviceSetting.parse("cuda:1, cuda:0").devices())
        .containsExactly(Device.parse("cuda:1"), Device.parse("cuda:0"));
    assertThat(DeviceSetting.AUTO.devices()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gpu",
        "cuda",
        "cuda:-1",
        "cuda:0,",
        "cpu,cuda:0",
        "cuda:0,cuda:0",
        "auto,cpu"
      })
  void parse_invalid_refused(String text) {
    assertThatThrownBy(() -> DeviceSetting.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
