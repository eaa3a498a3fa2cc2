// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.testing.CapturedLog;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tokens among the settings, and where they may not travel. */
@Timeout(60)
class TokenSettingsTest {
  private static final String LINE = TokenHash.of("trainer", "right").line();

  @Test
  void tokens_separatedByCommasOrLines_areOnAndNotShown() {
    for (String value : List.of(LINE, LINE + ", " + other(), "# who\n" + LINE + "\n" + other())) {
      ServerConfig config =
          read(ConfigSource.environment(Map.of("GCPO_CONFIG_GRPC_AUTH_TOKENS", value)));
      assertThat(config.security().auth().isOn()).isTrue();
      assertThat(config.effective()).contains("grpc.auth.tokens = ***");
      assertThat(config.toString()).doesNotContain(LINE.substring("trainer:".length()));
    }
    assertThat(read(ConfigSource.flags(Map.of())).security().auth().isOn()).isFalse();
  }

  @Test
  void tokens_thatDoNotParse_areRefusedAndNotQuoted() {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(
            () -> read(ConfigSource.flags(Map.of("grpc.auth.tokens", LINE + ",trainer:canary"))))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .singleElement()
                    .asString()
                    .startsWith("grpc.auth.tokens: line 2 does not parse (expected: NAME:SHA256")
                    .endsWith(", from command line")
                    .doesNotContain("canary"));
  }

  @Test
  void tokens_inPlainText_onlyWhereThatIsSaid_andThenWarnedOf() {
    Map<String, String> exposed = Map.of("grpc.host", "0.0.0.0", "grpc.auth.tokens", LINE);
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> read(ConfigSource.flags(exposed)))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .anyMatch(p -> p.startsWith("grpc.host: 0.0.0.0 would be reached")));

    try (CapturedLog log = CapturedLog.open()) {
      TestServer.with(
              new FakeEmbedder(),
              Map.of("grpc.host", "0.0.0.0", "grpc.auth.tokens", LINE, "grpc.insecure", "true"))
          .close();
      assertThat(log.lines())
          .anyMatch(line -> line.startsWith("WARN grpc.insecure: tokens come to 0.0.0.0 in plain"));
    }
    try (CapturedLog log = CapturedLog.open()) {
      TestServer.with(new FakeEmbedder(), Map.of("grpc.auth.tokens", LINE)).close();
      assertThat(log.lines())
          .noneMatch(line -> line.startsWith("WARN grpc.insecure"))
          .anyMatch(line -> line.endsWith("tokens: required"));
    }
  }

  private static String other() {
    return TokenHash.of("other", "other").line();
  }

  private static ServerConfig read(ConfigSource source) {
    return ServerConfig.read(List.of(source));
  }
}
