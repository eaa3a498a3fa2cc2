// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigSourceTest {
  @TempDir private Path directory;

  @Test
  void file_nestedYaml_isFlattenedWithLines() throws IOException {
    Path file = write("server.yaml", "grpc:\n  port: 0x10\n  drain: {grace: 30s}\na.b: 'x: y'\n");
    ConfigSource source = ConfigSource.file(file);
    assertThat(source.problems()).isEmpty();
    assertThat(source.settings())
        .isEqualTo(
            Map.of(
                "grpc.port", new Setting("0x10", file + " line 2"),
                "grpc.drain.grace", new Setting("30s", file + " line 3"),
                "a.b", new Setting("x: y", file + " line 4")));
  }

  @Test
  void file_oddYaml_keepsWhatItCanAndNamesTheRest() throws IOException {
    Path file =
        write(
            "odd.yml",
            """
            a: [1, 2]
            b:
            c: &anchor {d: 1}
            e: *anchor
            f: 1
            f: 2
            ? {g: 1}
            : 2
            """);
    ConfigSource source = ConfigSource.file(file);
    assertThat(source.settings().keySet()).containsExactlyInAnyOrder("c.d", "f");
    assertThat(source.problems())
        .containsExactly(
            "a: a sequence (expected: keys with values), from " + file + " line 1",
            "b: no value (expected: a value, or no such line), from " + file + " line 2",
            "e: an alias (expected: a value of its own), from " + file + " line 3",
            "f: set twice (expected: once), from " + file + " line 6",
            "(top level): a key of several values (expected: a plain key), from "
                + file
                + " line 7");
  }

  @Test
  void file_topLevelValue_isProblem() throws IOException {
    Path file = write("flat.yaml", "nonsense");
    assertThat(ConfigSource.file(file).problems())
        .containsExactly(
            "(top level): a value (expected: keys with values), from " + file + " line 1");
  }

  @Test
  void file_brokenYaml_isProblemWithItsPlace() throws IOException {
    Path file = write("broken.yaml", "a: 1\nb: [\n");
    assertThat(ConfigSource.file(file).problems())
        .singleElement()
        .asString()
        .startsWith(file + ": ")
        .contains("line 3")
        .endsWith("(expected: a well-formed file)");
  }

  @Test
  void file_empty_hasNoSettings() throws IOException {
    ConfigSource source = ConfigSource.file(write("empty.yaml", "# nothing\n"));
    assertThat(source.problems()).isEmpty();
    assertThat(source.settings()).isEmpty();
  }

  @Test
  void file_properties_areRead() throws IOException {
    Path file = write("server.properties", "grpc.port=80\nname = \u00e4\n");
    ConfigSource source = ConfigSource.file(file);
    assertThat(source.problems()).isEmpty();
    assertThat(source.settings())
        .isEqualTo(
            Map.of(
                "grpc.port", new Setting("80", file.toString()),
                "name", new Setting("\u00e4", file.toString())));
  }

  @Test
  void file_brokenProperties_isProblem() throws IOException {
    Path file = write("broken.properties", "a=\\u00zz\n");
    assertThat(ConfigSource.file(file).problems())
        .containsExactly(file + ": Malformed \\uxxxx encoding. (expected: a well-formed file)");
  }

  @Test
  void file_missingOrOfOtherKind_isProblem() {
    Path missing = directory.resolve("missing.yaml");
    assertThat(ConfigSource.file(missing).problems())
        .containsExactly("configuration file: " + missing + " (expected: a readable file)");
    Path other = directory.resolve("server.toml");
    assertThat(ConfigSource.file(other).problems())
        .containsExactly(
            "configuration file: "
                + other
                + " (expected: a name that ends in .yaml, .yml or .properties)");
  }

  @Test
  void environment_otherVariables_areLeftOut() {
    ConfigSource source =
        ConfigSource.environment(
            Map.of(
                "GCPO_CONFIG_GRPC_MAX_MESSAGE_BYTES", "5",
                "GCPO_ADVANTAGE_SERVICE_HOST", "10.0.0.1",
                "PATH", "/bin"));
    assertThat(source.settings()).hasSize(1);
    assertThat(source.find("grpc.max-message-bytes"))
        .isEqualTo(new Setting("5", "environment variable GCPO_CONFIG_GRPC_MAX_MESSAGE_BYTES"));
    assertThat(source.find("grpc.port")).isNull();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
