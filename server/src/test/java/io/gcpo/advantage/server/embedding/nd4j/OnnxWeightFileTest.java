// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by protobuf's own writer, field numbers as in onnx.proto. */
final class OnnxWeightFileTest {
  private static final UnknownFieldSet BIAS = tensor("layer.bias", 1, floats(7, 8), 2);

  @TempDir Path folder;

  @Test
  void matrix_namedByTheGraph_isFoundThroughTheBias() throws IOException {
    OnnxWeightFile file =
        read(
            model(
                tensor("onnx::MatMul_1", 1, floats(1, 2, 3, 4, 5, 6), 3, 2),
                BIAS,
                tensor("bert.embeddings.word_embeddings.weight", 1, floats(9), 1, 1)));

    // The table gives the file the prefix "bert.", which these names lack.
    assertThatThrownBy(() -> file.values("layer.bias", 2))
        .hasMessageContaining("bert.layer.bias: missing");
    OnnxWeightFile plain =
        read(model(tensor("onnx::MatMul_1", 1, floats(1, 2, 3, 4, 5, 6), 3, 2), BIAS));
    assertThat(plain.matrix("layer", 3, 2)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(plain.values("layer.bias", 2)).containsExactly(7, 8);
    assertThatThrownBy(() -> plain.matrix("other", 3, 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageEndingWith(
            "other.weight: missing (expected: a MatMul before the Add of other.bias)");
  }

  @Test
  void matrix_wrong_isRefusedByName() throws IOException {
    refuses(
        tensor("onnx::MatMul_1", 1, floats(1, 2, 3, 4), 2, 2),
        "layer.weight: shape [2, 2] (expected: [3, 2])");
    refuses(
        tensor("onnx::MatMul_1", 10, floats(1, 2, 3), 3, 2),
        "layer.weight: data_type: 10 (expected: 1)");
    refuses(
        tensor("onnx::MatMul_1", 1, floats(1, 2, 3), 3, 2),
        "layer.weight: 12 bytes (expected: 24 for shape [3, 2])");
    refuses(
        tensor("onnx::MatMul_1", 1, floats(1, 2, Float.NaN, 4, 5, 6), 3, 2),
        "layer.weight: value 2: NaN (expected: finite)");
    refuses(
        tensor("onnx::MatMul_1", 1, floats(1), 1L << 40, 2),
        "layer.weight: shape: [1099511627776, 2] (expected: < 2^31 values)");
    refuses(
        tensor("onnx::MatMul_1", 1, floats(1), -3, 2),
        "layer.weight: shape: [-3, 2] (expected: < 2^31 values)");
  }

  @Test
  void matrix_outsideOfTheFile_isRefused() throws IOException {
    UnknownFieldSet outside =
        tensor("onnx::MatMul_1", 1, floats(1, 2, 3, 4, 5, 6), 3, 2).toBuilder()
            .addField(14, varints(1))
            .build();

    refuses(outside, "layer.weight: data_location: 1 (expected: 0)");
  }

  @Test
  void read_cutAnywhere_isRefusedOrLacksTheWeights() throws IOException {
    byte[] whole = model(tensor("onnx::MatMul_1", 1, floats(1, 2, 3, 4, 5, 6), 3, 2), BIAS);

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut).matrix("layer", 3, 2))
          .as("%d bytes", length)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("model.onnx: ");
    }
  }

  @Test
  void read_randomDamage_neverAnythingButInvalidModel() throws IOException {
    byte[] whole = model(tensor("onnx::MatMul_1", 1, floats(1, 2, 3, 4, 5, 6), 3, 2), BIAS);
    Random random = new Random(11);

    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      try {
        assertThat(read(damaged).matrix("layer", 3, 2)).as("seed 11, round %d", round).hasSize(6);
      } catch (InvalidModelException expected) {
        assertThat(expected).as("seed 11, round %d", round).hasMessageContaining("model.onnx: ");
      }
    }
  }

  private void refuses(UnknownFieldSet matrix, String problem) throws IOException {
    OnnxWeightFile file = read(model(matrix, BIAS));

    assertThatThrownBy(() -> file.matrix("layer", 3, 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageEndingWith("model.onnx: " + problem);
  }

  private OnnxWeightFile read(byte[] model) throws IOException {
    return OnnxWeightFile.read(Files.write(folder.resolve("model.onnx"), model));
  }

  private static byte[] model(UnknownFieldSet... initialisers) {
    UnknownFieldSet.Builder graph =
        UnknownFieldSet.newBuilder()
            .addField(
                1,
                Field.newBuilder()
                    .addLengthDelimited(node("MatMul", "product", "input", "onnx::MatMul_1"))
                    .addLengthDelimited(node("Add", "sum", "layer.bias", "product"))
                    .build());
    Field.Builder tensors = Field.newBuilder();
    for (UnknownFieldSet initialiser : initialisers) {
      tensors.addLengthDelimited(initialiser.toByteString());
    }
    graph.addField(5, tensors.build());
    return UnknownFieldSet.newBuilder()
        .addField(1, varints(6))
        .addField(7, bytes(graph.build().toByteString()))
        .build()
        .toByteArray();
  }

  private static ByteString node(String operator, String output, String... inputs) {
    Field.Builder names = Field.newBuilder();
    for (String input : inputs) {
      names.addLengthDelimited(ByteString.copyFromUtf8(input));
    }
    return UnknownFieldSet.newBuilder()
        .addField(1, names.build())
        .addField(2, bytes(ByteString.copyFromUtf8(output)))
        .addField(4, bytes(ByteString.copyFromUtf8(operator)))
        .build()
        .toByteString();
  }

  private static UnknownFieldSet tensor(String name, int type, ByteString data, long... shape) {
    return UnknownFieldSet.newBuilder()
        .addField(1, varints(shape))
        .addField(2, varints(type))
        .addField(8, bytes(ByteString.copyFromUtf8(name)))
        .addField(9, bytes(data))
        .build();
  }

  private static Field varints(long... values) {
    Field.Builder field = Field.newBuilder();
    for (long value : values) {
      field.addVarint(value);
    }
    return field.build();
  }

  private static Field bytes(ByteString value) {
    return Field.newBuilder().addLengthDelimited(value).build();
  }

  private static ByteString floats(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return ByteString.copyFrom(buffer.flip());
  }
}
