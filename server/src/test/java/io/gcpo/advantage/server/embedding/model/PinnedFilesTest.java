// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.TinyModels;
import io.gcpo.advantage.server.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they must be are refused before they are read. */
final class PinnedFilesTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    TinyModels.read().copy("prompt", folder);
  }

  @Test
  void read_filesAsPinned_areRead() throws IOException {
    assertThat(read(pinned("tokenizer.json")).name()).isEqualTo("test");
  }

  @Test
  void read_oneByteOther_isRefusedWithWhatWasFoundAndExpected() throws IOException {
    PinnedFiles pinned = pinned("tokenizer.json");
    Path file = folder.resolve("tokenizer.json");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> read(pinned))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(
            "%s: sha256 %s (expected: %s)"
                .formatted(file, hash(file), pinned.hashes().get("tokenizer.json")));
  }

  @Test
  void read_pinnedButNoModelAtAll_isRefusedForTheHashFirst() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "no tokenizer");
    Files.writeString(folder.resolve("modules.json"), "no json");

    assertThatThrownBy(() -> read(PinnedFiles.parse("tokenizer.json=" + HASH)))
        .hasMessage("%s: sha256 %s (expected: %s)".formatted(file, hash(file), HASH));
  }

  @Test
  void read_pinnedFileMissing_isRefused() {
    assertThatThrownBy(() -> read(PinnedFiles.parse("onnx/other.onnx=" + HASH)))
        .hasMessage(
            folder.resolve("onnx/other.onnx") + ": missing (expected: sha256 " + HASH + ")");
  }

  @Test
  void setting_ofEachModel_isItsOwn() {
    ConfigReader reader =
        reader(
            Map.of(
                "embedding.models",
                "a,b",
                "models.b.sha256",
                " x/y.onnx=" + HASH.toUpperCase(java.util.Locale.ROOT) + " ,"));

    List<ModelConfig> models = ModelConfig.readAll(reader);

    reader.throwIfAny();
    assertThat(models.get(0).options().sha256()).isEqualTo(PinnedFiles.NONE);
    assertThat(models.get(1).options().sha256()).hasToString("x/y.onnx=" + HASH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HASH", "a=b", "../a=HASH", "/a=HASH", "a=HASH0", "a=HASH,a=HASH"})
  void setting_malformed_isRefused(String text) {
    ConfigReader reader = reader(Map.of("embedding.sha256", text.replace("HASH", HASH)));
    assertThat(ModelConfig.readAll(reader)).hasSize(1);

    assertThatThrownBy(reader::throwIfAny)
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("embedding.sha256: ")
        .hasMessageContaining("(expected: FILE=SHA256,FILE=SHA256, hashes of 64 hex digits)");
  }

  private ModelDirectory read(PinnedFiles pinned) {
    return Models.read(folder, new ModelOptions(0, "", "", pinned));
  }

  private PinnedFiles pinned(String file) throws IOException {
    return PinnedFiles.parse(file + "=" + hash(folder.resolve(file)));
  }

  private static String hash(Path file) throws IOException {
    return Hashing.sha256().hashBytes(Files.readAllBytes(file)).toString();
  }

  private static ConfigReader reader(Map<String, String> settings) {
    return new ConfigReader(List.of(ConfigSource.flags(settings)));
  }
}
