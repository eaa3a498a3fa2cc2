// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OnnxOutputTest {
  private static final Path MODEL = Path.of("model.onnx");

  private final Map<String, NodeInfo> outputs = new LinkedHashMap<>();

  @ParameterizedTest
  @CsvSource({"last_hidden_state", "token_embeddings"})
  void find_severalOfTheShape_theUsualName(String name) throws OrtException {
    add("hidden_states.0", OnnxJavaType.FLOAT, 1, 1, 8);
    add(name, OnnxJavaType.FLOAT16, 1, 1, 16);
    add("sentence_embedding", OnnxJavaType.FLOAT, 1, 32);

    assertThat(OnnxOutput.find(MODEL, outputs))
        .isEqualTo(new OnnxOutput(name, 16, OnnxJavaType.FLOAT16, false));
  }

  @Test
  void find_oneOfTheShape_anyName() throws OrtException {
    add("pooler_output", OnnxJavaType.FLOAT, 1, 8);
    add("sentence_embedding", OnnxJavaType.FLOAT, 1, 8);
    add("states", OnnxJavaType.BFLOAT16, 1, 1, 8);

    assertThat(OnnxOutput.find(MODEL, outputs))
        .isEqualTo(new OnnxOutput("states", 8, OnnxJavaType.BFLOAT16, false));
  }

  @Test
  void find_noneOfTheShape_theSentenceEmbedding() throws OrtException {
    add("pooler_output", OnnxJavaType.FLOAT, 1, 8);
    add("sentence_embedding", OnnxJavaType.FLOAT, 1, 4);

    assertThat(OnnxOutput.find(MODEL, outputs))
        .isEqualTo(new OnnxOutput("sentence_embedding", 4, OnnxJavaType.FLOAT, true));
  }

  /** Which of them the weights of the pooling were made for, nobody can tell. */
  @Test
  void find_severalOfTheShapeWithoutTheName_refused() throws OrtException {
    add("first", OnnxJavaType.FLOAT, 1, 1, 8);
    add("second", OnnxJavaType.FLOAT, 1, 1, 8);
    add("sentence_embedding", OnnxJavaType.FLOAT, 1, 8);

    refuses();
  }

  @Test
  void find_noneThatCanBeRead_refused() throws OrtException {
    add("last_hidden_state", OnnxJavaType.DOUBLE, 1, 1, 8);
    add("token_embeddings", OnnxJavaType.FLOAT, 1, 1, 0);
    add("attentions", OnnxJavaType.FLOAT, 1, 12, 1, 1);
    add("pooler_output", OnnxJavaType.FLOAT, 1, 8);
    add("wide", OnnxJavaType.FLOAT, 1, 1, 1 << 17);

    refuses();
  }

  private void refuses() {
    assertThatThrownBy(() -> OnnxOutput.find(MODEL, outputs))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith("model.onnx: outputs: [")
        .hasMessageEndingWith(
            "(expected: one of float [n, length, d], or one of them called"
                + " [last_hidden_state, token_embeddings])");
  }

  private void add(String name, OnnxJavaType type, long... shape) throws OrtException {
    int values = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    ByteBuffer room = ByteBuffer.allocate(values * type.size);
    outputs.put(name, new NodeInfo(name, TensorInfo.constructFromBuffer(room, shape, type)));
  }
}
