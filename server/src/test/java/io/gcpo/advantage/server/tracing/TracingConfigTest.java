// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TracingConfigTest {
  @Test
  void read_nothingSet_isOff() {
    TracingConfig config = read(Map.of());
    assertThat(config).isEqualTo(new TracingConfig("", 1, "gcpo-advantage", null, 8192));
    assertThat(config.isEnabled()).isFalse();
  }

  @Test
  void read_allSet_isTaken() {
    TracingConfig config =
        read(
            Map.of(
                "tracing.otlp-endpoint", "https://collector:4318",
                "tracing.sample-ratio", "0.25",
                "tracing.service-name", "judge",
                "tracing.headers-file", "/run/headers",
                "tracing.max-queued-spans", "100"));
    assertThat(config)
        .isEqualTo(
            new TracingConfig(
                "https://collector:4318", 0.25, "judge", Path.of("/run/headers"), 100));
    assertThat(config.isEnabled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://c:4318, http://c:4318/v1/traces",
    "http://c:4318/, http://c:4318/v1/traces",
    "https://c/otlp/v1/traces, https://c/otlp/v1/traces"
  })
  void tracesUrl_withoutAPath_isTheUsualOne(String endpoint, String url) {
    assertThat(read(Map.of("tracing.otlp-endpoint", endpoint)).tracesUrl()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"collector:4318", "ftp://c", "http://", "http://a b"})
  void endpoint_noUrl_isRefused(String endpoint) {
    assertThatThrownBy(() -> new TracingConfig(endpoint, 1, "s", null, 1))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "tracing.otlp-endpoint: %s (expected: a URL such as http://collector:4318)"
                .formatted(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://u:s3cret@c", "s3cret@c", "ftp://u:s3cret@c", "http://u:s3cret @c"})
  void endpoint_withCredentials_isRefusedWithoutShowingThem(String endpoint) {
    assertThatThrownBy(() -> new TracingConfig(endpoint, 1, "s", null, 1))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(
            "tracing.otlp-endpoint: *** (expected: a URL without credentials, which belong into"
                + " tracing.headers-file)")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void read_badValues_namesEach() {
    InvalidConfigException exception =
        catchThrowableOfType(
            InvalidConfigException.class,
            () ->
                read(
                    Map.of(
                        "tracing.sample-ratio", "1.5",
                        "tracing.service-name", " ",
                        "tracing.max-queued-spans", "0")));
    assertThat(exception.problems())
        .containsExactly(
            "tracing.sample-ratio: 1.5 (expected: 0 to 1), from command line",
            "tracing.service-name: \"\" (expected: a name), from command line",
            "tracing.max-queued-spans: 0 (expected: 1 to 1048576), from command line");
  }

  private static TracingConfig read(Map<String, String> settings) {
    ConfigReader reader = new ConfigReader(List.of(ConfigSource.flags(settings)));
    return reader
        .read(TracingConfig::read)
        .orElseGet(
            () -> {
              reader.throwIfAny();
              throw new AssertionError("no problems");
            });
  }
}
