// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BertSizesTest {
  private static final Path GOOD = GoldenEmbeddings.model().directory().resolve("config.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"bert\" | \"modernbert\" | model_type: \"modernbert\" (expected: among [bert, roberta,"
            + " xlm-roberta, camembert])",
        "\"gelu\" | \"silu\" | hidden_act: \"silu\" (expected: among [gelu, gelu_python, gelu_new,"
            + " gelu_fast, gelu_pytorch_tanh, relu])",
        "384 | 24000 | hidden_size: 24000 (expected: <= 16384)",
        "384 | 385 | num_attention_heads: 12 (expected: divides 385)",
        "1536 | -1 | intermediate_size: -1 (expected: 1 to 16777216)",
        "\"num_hidden_layers\": 6 | \"num_hidden_layers\": 1001 | num_hidden_layers: 1001 (expected:"
            + " <= 1000)",
        "1e-12 | 0 | layer_norm_eps: 0 (expected: in (0, 1))",
        "30522 | \"many\" | vocab_size: \"many\" (expected: 1 to 16777216)",
        "30522 | null | vocab_size: null (expected: 1 to 16777216)",
        "\"model_type\" | \"position_embedding_type\": \"relative_key\", \"model_type\" |"
            + " position_embedding_type: \"relative_key\" (expected: among [absolute])",
        "\"model_type\" | \"is_decoder\": true, \"model_type\" | is_decoder: true (expected:"
            + " false)",
        "\"model_type\": \"bert\" | \"pad_token_id\": 511, \"model_type\": \"roberta\" |"
            + " max_position_embeddings: 512 (expected: > 512)",
      })
  void read_wrong_isRefusedByName(String good, String bad, String problem, @TempDir Path folder)
      throws IOException {
    String json = Files.readString(GOOD);
    assertThat(json).contains(good);
    Path file = Files.writeString(folder.resolve("config.json"), json.replace(good, bad));

    assertThatThrownBy(() -> BertSizes.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": " + problem);
  }
}
