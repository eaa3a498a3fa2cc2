// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelDirectoryTest {
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectory(folder.resolve("onnx"));
    Files.writeString(folder.resolve("onnx/model.onnx"), "model");
    Files.writeString(folder.resolve("tokenizer.json"), "tokenizer");
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 256}");
  }

  @Test
  void read_complete_nameAndWindow() {
    ModelDirectory model = Models.read(folder);

    assertThat(model.name()).isEqualTo("test");
    assertThat(model.maxInputTokens()).isEqualTo(256);
    assertThat(model.fingerprint()).matches("[0-9a-f]{64}");
    assertThat(model.modelFile()).exists();
    assertThat(model.tokenizerFile()).exists();
  }

  @Test
  void read_windowOverridden_otherFingerprint() {
    ModelDirectory own = Models.read(folder, new ModelOptions(256, "", "", PinnedFiles.NONE));
    ModelDirectory other = Models.read(folder, new ModelOptions(128, "", "", PinnedFiles.NONE));

    assertThat(own).isEqualTo(Models.read(folder));
    assertThat(other.maxInputTokens()).isEqualTo(128);
    assertThat(other.fingerprint()).isNotEqualTo(own.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx/model.onnx", "tokenizer.json"})
  void read_fileChanged_otherFingerprint(String file) throws IOException {
    String before = Models.read(folder).fingerprint();
    Files.writeString(folder.resolve(file), "changed");

    assertThat(Models.read(folder).fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"onnx/model.onnx", "tokenizer.json"})
  void read_fileMissing_namesIt(String file) throws IOException {
    Files.delete(folder.resolve(file));

    assertThatThrownBy(() -> Models.read(folder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(folder.resolve(file) + ": missing (expected: a ");
  }

  @Test
  void read_directoryMissing_namesIt() {
    assertThatThrownBy(() -> Models.read(folder.resolve("none")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(folder.resolve("none") + ": missing (expected: directory of a model)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"max_seq_length\": 0}",
        "{\"max_seq_length\": 1.5}",
        "{\"max_seq_length\": \"many\"}",
        "{\"max_seq_length\": []}",
        "{\"max_seq_length\": 1e99}"
      })
  void read_badWindow_saysWhatIsExpected(String json) throws IOException {
    Files.writeString(folder.resolve("sentence_bert_config.json"), json);

    assertThatThrownBy(() -> Models.read(folder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("sentence_bert_config.json: max_seq_length: ")
        .hasMessageEndingWith(" (expected: a whole number >= 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "42"})
  void read_notAnObject_namesTheFile(String json) throws IOException {
    Files.writeString(folder.resolve("sentence_bert_config.json"), json);

    assertThatThrownBy(() -> Models.read(folder))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("sentence_bert_config.json: not the JSON that is expected");
  }

  @Test
  void recordedEmbeddings_embeddedModel_areForItsFingerprint() {
    assertThat(RecordedEmbeddings.read(GoldenEmbeddings.model()).byText()).hasSize(2);
  }

  @Test
  void recordedEmbeddings_otherFingerprint_areIgnored() throws IOException {
    Files.writeString(folder.resolve("self_test.json"), "{\"fingerprint\": \"0\"}");
    ModelDirectory model = Models.read(folder);

    assertThat(RecordedEmbeddings.read(model)).isEqualTo(RecordedEmbeddings.NONE);
  }

  @Test
  void recordedEmbeddings_damaged_namesTheFile() throws IOException {
    ModelDirectory model = Models.read(folder);
    Files.writeString(
        folder.resolve("self_test.json"),
        "{\"fingerprint\": \"" + model.fingerprint() + "\", \"embeddings\": {\"a\": 1}}");

    assertThatThrownBy(() -> RecordedEmbeddings.read(model))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageEndingWith("self_test.json: not a record of embeddings");
  }
}
