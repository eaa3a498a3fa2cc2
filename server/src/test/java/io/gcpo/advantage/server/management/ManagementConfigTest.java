// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagementConfigTest {
  @Test
  void read_nothingSet_isLoopback() {
    assertThat(read(Map.of())).isEqualTo(new ManagementConfig("127.0.0.1", 9464));
  }

  @Test
  void read_allSet_isTaken() {
    assertThat(read(Map.of("management.host", "0.0.0.0", "management.port", "0")))
        .isEqualTo(new ManagementConfig("0.0.0.0", 0));
  }

  @Test
  void isEnabled_minusOne_isFalse() {
    assertThat(new ManagementConfig("h", -1).isEnabled()).isFalse();
    assertThat(new ManagementConfig("h", 0).isEnabled()).isTrue();
  }

  @Test
  void read_badValues_namesEach() {
    InvalidConfigException exception =
        catchThrowableOfType(
            InvalidConfigException.class,
            () -> read(Map.of("management.host", " ", "management.port", "65536")));
    assertThat(exception.problems())
        .containsExactly(
            "management.host:  (expected: an address or a name), from command line",
            "management.port: 65536 (expected: -1 to 65535), from command line");
    exception =
        catchThrowableOfType(
            InvalidConfigException.class, () -> read(Map.of("management.port", "-2")));
    assertThat(exception.problems())
        .containsExactly("management.port: -2 (expected: -1 to 65535), from command line");
  }

  private static ManagementConfig read(Map<String, String> settings) {
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(settings)));
    return reader
        .read(ManagementConfig::read)
        .orElseGet(
            () -> {
              reader.throwIfAny();
              throw new AssertionError("no problems");
            });
  }
}
