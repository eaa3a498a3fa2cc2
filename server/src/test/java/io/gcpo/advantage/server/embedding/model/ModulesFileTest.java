// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.TinyModels;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModulesFileTest {
  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    TinyModels.read().copy("dense_tanh", folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modules.json | models.Dense | models.LSTM | type: \"sentence_transformers.models.LSTM\"",
        "modules.json | sentence_transformers.models.Dense | evil.Dense | type: \"evil.Dense\"",
        "modules.json | models.Pooling | models.Normalize | modules: [Transformer, Normalize, ",
        "modules.json | 2_Dense | .. | path: \"..\" (expected: name of a folder)",
        "modules.json | 2_Dense | /etc | path: \"/etc\" (expected: name of a folder)",
        "modules.json | [ | { | not the JSON that is expected",
        "1_Pooling/config.json | : 16 | : 17 | in_features: 16 (expected: 17 values)",
        "1_Pooling/config.json | : 16 | : -1 | word_embedding_dimension: -1 (expected: a whole",
        "1_Pooling/config.json | mean_tokens\": true | mean_tokens\": false | no pooling (expected:",
        "1_Pooling/config.json | mean_tokens\": true | mean_tokens\": 1 | mean_tokens: 1 (expected:",
        "1_Pooling/config.json | \"word | \"pooling_mode\": \"mode\", \"word "
            + "| pooling_mode: \"mode\" (expected: among [cls, ",
        "2_Dense/config.json | : 16 | : 15 | in_features: 15 (expected: 16 values)",
        "2_Dense/config.json | : 8 | : 9 | tensor linear.weight: shape: [8, 16] (expected: [9, 16])",
        "2_Dense/config.json | Tanh | ReLU | activation_function: \"torch.nn.modules.activation.ReLU\"",
        "2_Dense/config.json | sentence_embedding | token_embeddings | module_input_name: "
      })
  void read_settingDamaged_saysWhatIsExpected(String file, String from, String to, String problem)
      throws IOException {
    Path damaged = folder.resolve(file);
    String before = Files.readString(damaged);
    Files.writeString(damaged, before.replace(from, to));
    assertThat(damaged).content().isNotEqualTo(before);

    assertThatThrownBy(() -> ModelDirectory.read(folder, OptionalInt.empty()).pipeline().head(16))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(problem);
  }

  @Test
  void read_pickledWeights_areRefusedByName() throws IOException {
    Path weights = folder.resolve("2_Dense/model.safetensors");
    Path pickle = Files.move(weights, folder.resolve("2_Dense/pytorch_model.bin"));

    assertThatThrownBy(() -> ModelDirectory.read(folder, OptionalInt.empty()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(pickle + ": pickle is not read (expected: model.safetensors beside it)");
  }

  @ParameterizedTest
  @CsvSource({"2_Dense/model.safetensors", "2_Dense/config.json", "1_Pooling/config.json"})
  void read_fileMissing_namesIt(String file) throws IOException {
    Files.delete(folder.resolve(file));

    assertThatThrownBy(() -> ModelDirectory.read(folder, OptionalInt.empty()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(folder.resolve(file) + ": missing (expected: a ");
  }

  @ParameterizedTest
  @CsvSource({
    "1_Pooling/config.json, mean_tokens, cls_token",
    "2_Dense/config.json, activation.Tanh, linear.Identity",
    "2_Dense/config.json, true, false"
  })
  void fingerprint_settingChanged_isAnother(String file, String from, String to)
      throws IOException {
    String before = ModelDirectory.read(folder, OptionalInt.empty()).fingerprint();
    Path changed = folder.resolve(file);
    String swapped =
        Files.readString(changed).replace(from, "@").replace(to, from).replace("@", to);
    Files.writeString(changed, swapped);

    assertThat(ModelDirectory.read(folder, OptionalInt.empty()).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void fingerprint_weightChanged_isAnother() throws IOException {
    String before = ModelDirectory.read(folder, OptionalInt.empty()).fingerprint();
    Path weights = folder.resolve("2_Dense/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 4] ^= 1;
    Files.write(weights, bytes);

    assertThat(ModelDirectory.read(folder, OptionalInt.empty()).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void fingerprint_weightsBesideTheGraph_count() throws IOException {
    String before = ModelDirectory.read(folder, OptionalInt.empty()).fingerprint();
    Files.writeString(folder.resolve("onnx/model.onnx_data"), "weights");

    assertThat(ModelDirectory.read(folder, OptionalInt.empty()).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void head_statesOfAnotherLength_areRefused() throws IOException {
    SentencePipeline pipeline = ModelDirectory.read(folder, OptionalInt.empty()).pipeline();

    assertThatThrownBy(() -> pipeline.head(17))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(folder + ": pooling: states of 16 values (expected: 17, as the model has)");
  }

  @Test
  void read_poolingWithoutModulesFile_holds() throws IOException {
    Files.delete(folder.resolve("modules.json"));
    String mean = ModelDirectory.read(folder, OptionalInt.empty()).pipeline().identity();
    Files.delete(folder.resolve("1_Pooling/config.json"));

    assertThat(mean).isEqualTo("pooling mean\nnormalisation l2\n");
    assertThat(ModelDirectory.read(folder, OptionalInt.empty()).pipeline().identity())
        .isEqualTo(mean);
  }
}
