// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TextsConfigTest {
  @Test
  void read_nothingSet_is128MiB() {
    assertThat(TextsConfig.read(new ConfigReader(List.of())))
        .isEqualTo(new TextsConfig(128 * 1024 * 1024));
  }

  @Test
  void read_set_isTaken() {
    assertThat(read("7")).isEqualTo(new TextsConfig(7));
    assertThat(read("0")).isEqualTo(new TextsConfig(0));
  }

  @Test
  void read_below0_isRefused() {
    assertThatThrownBy(() -> read("-1"))
        .hasMessageContaining("texts.cache-bytes: -1 (expected: >= 0)");
  }

  private static TextsConfig read(String bytes) {
    return TextsConfig.read(
        new ConfigReader(List.of(ConfigSource.flags(Map.of("texts.cache-bytes", bytes)))));
  }
}
