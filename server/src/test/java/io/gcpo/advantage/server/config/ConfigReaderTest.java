// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  /** As a feature would write it. */
  private record PortConfig(int port, Duration grace) {
    PortConfig {
      new ConfigProblems()
          .require(port >= 0 && port <= 65535, "grpc.port: %d (expected: 0 to 65535)", port)
          .require(!grace.isZero(), "grpc.grace: %s (expected: above 0)", grace)
          .throwIfAny();
    }

    static PortConfig read(ConfigReader reader) {
      return new PortConfig(
          reader.integer("grpc.port", 9091), reader.duration("grpc.grace", Duration.ofSeconds(30)));
    }
  }

  @Test
  void getters_noSource_giveDefaults() {
    ConfigReader reader = new ConfigReader(List.of());
    assertThat(reader.string("a", "x")).isEqualTo("x");
    assertThat(reader.integer("b", 1)).isEqualTo(1);
    assertThat(reader.whole("c", 2)).isEqualTo(2);
    assertThat(reader.real("d", 0.5)).isEqualTo(0.5);
    assertThat(reader.flag("e", true)).isTrue();
    assertThat(reader.duration("f", Duration.ofMillis(5))).isEqualTo(Duration.ofMillis(5));
    assertThat(reader.path("g", Path.of("p"))).isEqualTo(Path.of("p"));
    assertThat(reader.path("h", null)).isNull();
    assertThat(reader.choice("i", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.DAYS);
    reader.throwIfAny();
    assertThat(reader.effective())
        .containsExactly(
            "a = x",
            "b = 1",
            "c = 2",
            "d = 0.5",
            "e = true",
            "f = 5ms",
            "g = p",
            "h = ",
            "i = days");
  }

  @Test
  void getters_valuesSet_areParsed() {
    ConfigReader reader =
        readerOf(
            Map.of(
                "a",
                "y",
                "b",
                " -7 ",
                "c",
                "9000000000",
                "d",
                "1e-6",
                "e",
                "FALSE",
                "f",
                "5m",
                "g",
                "/q",
                "h",
                "r",
                "i",
                "Hours"));
    assertThat(reader.string("a", "x")).isEqualTo("y");
    assertThat(reader.integer("b", 1)).isEqualTo(-7);
    assertThat(reader.whole("c", 2)).isEqualTo(9_000_000_000L);
    assertThat(reader.real("d", 0.5)).isEqualTo(1e-6);
    assertThat(reader.flag("e", true)).isFalse();
    assertThat(reader.duration("f", Duration.ZERO)).isEqualTo(Duration.ofMinutes(5));
    assertThat(reader.path("g", Path.of("p"))).isEqualTo(Path.of("/q"));
    assertThat(reader.path("h", null)).isEqualTo(Path.of("r"));
    assertThat(reader.choice("i", TimeUnit.class, TimeUnit.DAYS)).isEqualTo(TimeUnit.HOURS);
    reader.throwIfAny();
    assertThat(reader.effective()).contains("d = 1.0E-6", "f = 300s", "i = hours");
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "0s,PT0S", "30s,PT30S", "5m,PT5M", "2h,PT2H"})
  void duration_eachUnit_isParsed(String text, Duration expected) {
    assertThat(readerOf(Map.of("k", text)).duration("k", Duration.ofDays(1))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"5", "-5s", "5 s", "5d", "s", "", "9999999999999999999s", "9007199254740993h"})
  void duration_otherForm_isProblem(String text) {
    ConfigReader reader = readerOf(Map.of("k", text));
    assertThat(reader.duration("k", Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(problemsOf(reader))
        .containsExactly(
            "k: %s (expected: a whole number and a unit of ms, s, m or h, for example 500ms), from"
                    .formatted(text)
                + " command line");
  }

  @Test
  void throwIfAny_unparsableValues_namesAllWithDefaultsKept() {
    ConfigReader reader =
        readerOf(Map.of("b", "1.5", "c", "x", "d", "NaN", "e", "yes", "g", "", "i", "fortnights"));
    assertThat(reader.integer("b", 1)).isEqualTo(1);
    assertThat(reader.whole("c", 2)).isEqualTo(2);
    assertThat(reader.real("d", 0.5)).isEqualTo(0.5);
    assertThat(reader.flag("e", true)).isTrue();
    assertThat(reader.path("g", Path.of("p"))).isEqualTo(Path.of("p"));
    assertThat(reader.choice("i", Choice.class, Choice.TOP_DOWN)).isEqualTo(Choice.TOP_DOWN);
    assertThat(problemsOf(reader))
        .containsExactly(
            "b: 1.5 (expected: a whole number of 32 bits), from command line",
            "c: x (expected: a whole number of 64 bits), from command line",
            "d: NaN (expected: a finite number), from command line",
            "e: yes (expected: true or false), from command line",
            "g:  (expected: a path), from command line",
            "i: fortnights (expected: one of top-down, flat), from command line");
  }

  private enum Choice {
    TOP_DOWN,
    FLAT
  }

  @ParameterizedTest
  @ValueSource(strings = {"top-down", "top_down", "TOP_DOWN", "Top-Down"})
  void choice_anySpelling_isFound(String text) {
    assertThat(readerOf(Map.of("k", text)).choice("k", Choice.class, Choice.FLAT))
        .isEqualTo(Choice.TOP_DOWN);
  }

  @Test
  void find_severalSources_lastWins() {
    ConfigSource file = ConfigSource.flags(Map.of("a", "file", "b", "file", "c", "file"));
    ConfigSource environment =
        ConfigSource.environment(
            Map.of("GCPO_CONFIG_A", "environment", "GCPO_CONFIG_B", "environment"));
    ConfigSource flags = ConfigSource.flags(Map.of("a", "flag"));
    ConfigReader reader = new ConfigReader(List.of(file, environment, flags));
    assertThat(reader.string("a", "default")).isEqualTo("flag");
    assertThat(reader.string("b", "default")).isEqualTo("environment");
    assertThat(reader.string("c", "default")).isEqualTo("file");
    assertThat(reader.string("d", "default")).isEqualTo("default");
    reader.throwIfAny();
  }

  @Test
  void read_invalidRecord_problemsCarryOrigin() {
    ConfigReader reader =
        new ConfigReader(
            List.of(
                ConfigSource.environment(Map.of("GCPO_CONFIG_GRPC_PORT", "-1")),
                ConfigSource.flags(Map.of("grpc.grace", "0s", "grpc.prot", "1"))));
    assertThat(reader.read(PortConfig::read)).isEmpty();
    assertThat(problemsOf(reader))
        .containsExactly(
            "grpc.port: -1 (expected: 0 to 65535), from environment variable GCPO_CONFIG_GRPC_PORT",
            "grpc.grace: PT0S (expected: above 0), from command line",
            "grpc.prot: unknown (did you mean grpc.port?), from command line");
  }

  @Test
  void read_validRecord_isGiven() {
    ConfigReader reader = readerOf(Map.of("grpc.port", "80"));
    Optional<PortConfig> config = reader.read(PortConfig::read);
    reader.throwIfAny();
    assertThat(config).contains(new PortConfig(80, Duration.ofSeconds(30)));
  }

  @Test
  void throwIfAny_unknownKeys_suggestsNearest() {
    ConfigReader reader =
        new ConfigReader(
            List.of(
                ConfigSource.environment(
                    Map.of("GCPO_CONFIG_GRPC_MAX_MESAGE_BYTES", "1", "GCPO_OTHER", "1")),
                ConfigSource.flags(Map.of("zzz", "1"))));
    assertThat(reader.whole("grpc.max-message-bytes", 4)).isEqualTo(4);
    assertThat(problemsOf(reader))
        .containsExactly(
            "GCPO_CONFIG_GRPC_MAX_MESAGE_BYTES: unknown (did you mean"
                + " GCPO_CONFIG_GRPC_MAX_MESSAGE_BYTES?), from environment variable"
                + " GCPO_CONFIG_GRPC_MAX_MESAGE_BYTES",
            "zzz: unknown (expected: a known key), from command line");
  }

  @Test
  void throwIfAny_problems_messageListsThem() {
    ConfigReader reader = readerOf(Map.of("a", "x"));
    assertThat(reader.integer("a", 1)).isEqualTo(1);
    assertThatThrownBy(reader::throwIfAny)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "configuration:\n  a: x (expected: a whole number of 32 bits), from command line");
  }

  private static ConfigReader readerOf(Map<String, String> flags) {
    return new ConfigReader(List.of(ConfigSource.flags(flags)));
  }

  private static List<String> problemsOf(ConfigReader reader) {
    return catchThrowableOfType(InvalidConfigException.class, reader::throwIfAny).problems();
  }
}
