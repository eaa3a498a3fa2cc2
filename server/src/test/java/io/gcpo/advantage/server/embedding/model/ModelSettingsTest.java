// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.TinyModels;
import io.gcpo.advantage.server.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts, the window, lower case and the choice of weights. */
final class ModelSettingsTest {
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    TinyModels.read().copy("prompt", folder);
  }

  @Test
  void prompt_named_standsBeforeTextsAndInTheFingerprint() {
    ModelDirectory prompted = read("query", "");

    assertThat(prompted.preparation().prompt()).isEqualTo("query: ");
    assertThat(read("", "").preparation().prompt()).isEmpty();
    assertThat(prompted.fingerprint()).isNotEqualTo(read("", "").fingerprint());
    assertThat(read("document", "").fingerprint()).isEqualTo(read("", "").fingerprint());
  }

  @Test
  void prompt_modelsOwnDefault_holdsUnlessAnotherIsNamed() throws IOException {
    replace("config_sentence_transformers.json", "null", "\"query\"");

    assertThat(read("", "").preparation().prompt()).isEqualTo("query: ");
    assertThat(read("document", "").preparation().prompt()).isEmpty();
  }

  @Test
  void prompt_unknown_namesThoseThatAreThere() throws IOException {
    assertThatThrownBy(() -> read("passage", ""))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageEndingWith("embedding.prompt: passage (expected: among [query, document])");
    replace("config_sentence_transformers.json", "null", "\"passage\"");
    assertThatThrownBy(() -> read("", ""))
        .hasMessageEndingWith("default_prompt_name: passage (expected: among [query, document])");
    Files.delete(folder.resolve("config_sentence_transformers.json"));
    assertThatThrownBy(() -> read("query", ""))
        .hasMessageEndingWith("embedding.prompt: query (expected: among [])");
  }

  @Test
  void prompt_leftOutOfPooling_isRefused() throws IOException {
    replace("1_Pooling/config.json", "\"include_prompt\": true", "\"include_prompt\": false");

    assertThat(read("", "").preparation().prompt()).isEmpty();
    assertThatThrownBy(() -> read("query", ""))
        .hasMessageEndingWith("include_prompt: false (expected: true, for a model with a prompt)");
  }

  @Test
  void lowerCase_asked_isInTheFingerprint() throws IOException {
    String before = read("", "").fingerprint();
    replace("sentence_bert_config.json", "{", "{\"do_lower_case\": true, ");

    assertThat(read("", "").preparation().lowerCase()).isTrue();
    assertThat(read("", "").fingerprint()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'model_max_length': 40} | {'max_position_embeddings': 48} | 40",
        "{'model_max_length': 1000000000000000019884624838656} | {'max_position_embeddings': 48} | 48",
        "{} | {'max_position_embeddings': 514, 'model_type': 'xlm-roberta', 'pad_token_id': 1} | 512",
        "{'model_max_length': 512} | {'max_position_embeddings': 514, 'model_type': 'roberta'} | 512",
        "{'model_max_length': 77} | {} | 77"
      })
  void window_notInItsOwnFile_isTheTokenizersOrTheModels(
      String tokenizer, String config, int window) throws IOException {
    Files.writeString(folder.resolve("sentence_bert_config.json"), "{}");
    Files.writeString(folder.resolve("tokenizer_config.json"), tokenizer.replace('\'', '"'));
    Files.writeString(folder.resolve("config.json"), config.replace('\'', '"'));

    assertThat(read("", "").maxInputTokens()).isEqualTo(window);
  }

  @Test
  void window_nowhere_isRefused() throws IOException {
    Files.delete(folder.resolve("sentence_bert_config.json"));

    assertThatThrownBy(() -> read("", ""))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(
            folder.resolve("sentence_bert_config.json") + ": max_seq_length: missing (expected: ");
  }

  @Test
  void weights_otherGraphNamed_isTaken() throws IOException {
    Path other = Files.writeString(folder.resolve("onnx/model_fp16.onnx"), "half");

    assertThat(read("", "onnx/model_fp16.onnx").onnxFile()).contains(other);
    assertThat(read("", "onnx/model_fp16.onnx").fingerprint())
        .isNotEqualTo(read("", "").fingerprint());
  }

  /** An operator who names a graph would not expect an engine to run other weights. */
  @Test
  void weights_graphNamed_safetensorsAreNotUsed() throws IOException {
    Files.writeString(folder.resolve("model.safetensors"), "weights");

    assertThat(read("", "").safetensorsFile()).isPresent();
    assertThat(read("", "onnx/model.onnx").safetensorsFile()).isEmpty();
    assertThat(read("", "onnx/model.onnx").fingerprint()).isNotEqualTo(read("", "").fingerprint());
  }

  /** A graph may keep its weights in a file of any name. */
  @ParameterizedTest
  @ValueSource(
      strings = {"model.onnx_data", "weights.json", "w.safetensors", "w.txt", "w.md", ".w", "w"})
  void weights_besideTheGraph_areInTheFingerprint(String name) throws IOException {
    String without = read("", "").fingerprint();
    Path weights = Files.writeString(folder.resolve("onnx").resolve(name), "one");
    String one = read("", "").fingerprint();
    Files.writeString(weights, "two");

    assertThat(Set.of(without, one, read("", "").fingerprint())).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model_fp16.onnx", "quantize_config.json", "README.md"})
  void weights_knownToBeNone_areNotInTheFingerprint(String name) throws IOException {
    String without = read("", "").fingerprint();
    Files.writeString(folder.resolve("onnx").resolve(name), "one");

    assertThat(read("", "").fingerprint()).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../model.onnx", "/model.onnx", "onnx/../../m.onnx", "model.bin", "a//b.onnx"})
  void weights_nameLeadsOutside_isRefused(String name) {
    assertThatThrownBy(() -> read("", name))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("embedding.model-file: " + name + " (expected: a path inside");
  }

  @Test
  void weights_safetensorsOnly_areFineForADirectory() throws IOException {
    Files.delete(folder.resolve("onnx/model.onnx"));
    Path weights = Files.writeString(folder.resolve("model.safetensors"), "weights");

    assertThat(read("", "").safetensorsFile()).contains(weights);
    assertThat(read("", "").onnxFile()).isEmpty();
    assertThatThrownBy(() -> read("", "").modelFile()).hasMessageEndingWith("(expected: a graph)");
  }

  @ParameterizedTest
  @CsvSource({
    "pytorch_model.bin, pickle is not read",
    "model.safetensors.index.json, weights in several files are not read",
    "other.txt, missing (expected: a graph"
  })
  void weights_unreadable_areRefusedWithAReason(String file, String problem) throws IOException {
    Files.delete(folder.resolve("onnx/model.onnx"));
    Files.writeString(folder.resolve(file), "{}");

    assertThatThrownBy(() -> read("", ""))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void weights_graphInTheRoot_isFound() throws IOException {
    Path moved = Files.move(folder.resolve("onnx/model.onnx"), folder.resolve("model.onnx"));

    assertThat(read("", "").onnxFile()).contains(moved);
  }

  private ModelDirectory read(String prompt, String modelFile) {
    return Models.read(folder, new ModelOptions(0, prompt, modelFile, PinnedFiles.NONE));
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(from);
    Files.writeString(path, before.replace(from, to));
  }
}
