// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaConfigTest {
  @Test
  void nothingSet_isOff() {
    assertThat(read(Map.of()).isOn()).isFalse();
    assertThat(read(Map.of())).isEqualTo(QuotaConfig.OFF);
    assertThat(read(Map.of("quota.clients", "a", "clients.a.concurrent-calls", "1")).isOn())
        .isTrue();
  }

  @Test
  void namedClient_hasItsOwnLimits_andTheGeneralOnesForTheRest(@TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("server.yaml"),
            """
            quota:
              calls-per-second: 5
              bytes-per-second: 20000000
              concurrent-calls: 64
              mode: shadow
              clients: nightly, v1.2_Test
            clients:
              nightly:
                bytes-per-second: 2000000
              v1.2_Test:
                calls-per-second: 0.5
                concurrent-calls: 0
            """);

    QuotaConfig config = ServerConfig.read(List.of(ConfigSource.file(file))).quota();

    assertThat(config.mode()).isEqualTo(QuotaMode.SHADOW);
    assertThat(config.of("nightly")).isEqualTo(new QuotaLimits(5, 2_000_000, 64));
    assertThat(config.of("v1.2_Test")).isEqualTo(new QuotaLimits(0.5, 20_000_000, 0));
    assertThat(config.of("other")).isEqualTo(new QuotaLimits(5, 20_000_000, 64));
  }

  @Test
  void whatIsWrong_isAllSaid() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(
            () ->
                read(
                    Map.of(
                        "quota.calls-per-second", "-1",
                        "quota.burst", "0s",
                        "quota.clients", "a, b c",
                        "clients.a.concurrent-calls", "-2",
                        "clients.unlisted.concurrent-calls", "1")))
        .withMessageContaining("quota.calls-per-second: -1.0 (expected: 0, or 0.001 to 1e9)")
        .withMessageContaining("quota.burst: PT0S (expected: 1s to 1h)")
        .withMessageContaining("quota.clients: b c (expected: names of tokens")
        .withMessageContaining("clients.a.concurrent-calls: -2 (expected: >= 0)")
        .withMessageContaining("clients.unlisted.concurrent-calls: unknown");
  }

  private static QuotaConfig read(Map<String, String> settings) {
    return ServerConfig.read(List.of(ConfigSource.flags(settings))).quota();
  }
}
