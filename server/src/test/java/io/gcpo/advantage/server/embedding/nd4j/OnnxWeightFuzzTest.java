// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.io.Resources;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in an ONNX file: its weights are read or the file is refused. */
class OnnxWeightFuzzTest {
  private static final Path FILE = Path.of("model.onnx");

  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(
        Resources.toByteArray(OnnxWeightFuzzTest.class.getResource("/golden/onnx/float32.onnx")),
        model());
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 10_000)
  void readsOrRefuses(byte[] data) {
    try {
      OnnxWeightFile weights = OnnxWeightFile.parse(FILE, ByteBuffer.wrap(data).asReadOnlyBuffer());
      assertThat(weights.matrix("layer", 1, 2)).hasSize(2);
      assertThat(weights.values("layer.bias", 2)).hasSize(2);
    } catch (InvalidModelException refused) {
      assertThat(refused).hasMessageStartingWith(FILE + ": ");
    }
  }

  /** A linear layer, field numbers as in onnx.proto. */
  private static byte[] model() {
    UnknownFieldSet multiply =
        UnknownFieldSet.newBuilder()
            .addField(1, text("x", "m"))
            .addField(2, text("product"))
            .addField(4, text("MatMul"))
            .build();
    UnknownFieldSet add =
        UnknownFieldSet.newBuilder()
            .addField(1, text("layer.bias", "product"))
            .addField(2, text("y"))
            .addField(4, text("Add"))
            .build();
    UnknownFieldSet graph =
        UnknownFieldSet.newBuilder()
            .addField(1, messages(multiply, add))
            .addField(5, messages(tensor("m", 1, 2), tensor("layer.bias", 2)))
            .build();
    return UnknownFieldSet.newBuilder().addField(7, messages(graph)).build().toByteArray();
  }

  private static UnknownFieldSet tensor(String name, long... shape) {
    Field.Builder dimensions = Field.newBuilder();
    for (long size : shape) {
      dimensions.addVarint(size);
    }
    return UnknownFieldSet.newBuilder()
        .addField(1, dimensions.build())
        .addField(2, Field.newBuilder().addVarint(1).build())
        .addField(8, text(name))
        .addField(
            9, Field.newBuilder().addLengthDelimited(ByteString.copyFrom(new byte[8])).build())
        .build();
  }

  private static Field text(String... values) {
    Field.Builder field = Field.newBuilder();
    for (String value : values) {
      field.addLengthDelimited(ByteString.copyFromUtf8(value));
    }
    return field.build();
  }

  private static Field messages(UnknownFieldSet... values) {
    Field.Builder field = Field.newBuilder();
    for (UnknownFieldSet value : values) {
      field.addLengthDelimited(value.toByteString());
    }
    return field.build();
  }
}
