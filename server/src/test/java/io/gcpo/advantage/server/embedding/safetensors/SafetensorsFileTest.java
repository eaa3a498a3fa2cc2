// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsFileTest {
  @TempDir private Path folder;

  @Test
  void floats_everyType_sameValues() throws IOException {
    Path file =
        write(
            header("F32", "[2]", "[0, 8]")
                + ","
                + "\"h\": {\"dtype\": \"F16\", \"shape\": [4], \"data_offsets\": [8, 16]}, "
                + "\"b\": {\"dtype\": \"BF16\", \"shape\": [1, 2], \"data_offsets\": [16, 20]}",
            buffer(20)
                .putFloat(1.5f)
                .putFloat(-3)
                .putShort((short) 0x3c00)
                .putShort((short) 0xc100)
                .putShort((short) 0x0001)
                .putShort((short) 0x7bff)
                .putShort((short) 0x3fc0)
                .putShort((short) 0xc040));
    SafetensorsFile tensors = SafetensorsFile.open(file);

    assertThat(tensors.floats("t", 2)).containsExactly(1.5f, -3);
    assertThat(tensors.floats("h", 4)).containsExactly(1, -2.5f, 0x1p-24f, 65504);
    assertThat(tensors.floats("b", 1, 2)).containsExactly(1.5f, -3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [2] | [0, 4] | data_offsets: [0, 4] (expected: [0, 8] of 8 bytes)",
        "F32 | [2] | [4, 12] | data_offsets: [4, 12] (expected: [0, 8] of 8 bytes)",
        "F32 | [2] | [8, 0] | data_offsets: [8, 0] (expected: [0, 8] of 8 bytes)",
        "F32 | [3] | [0, 12] | data_offsets: [0, 12] (expected: [0, 12] of 8 bytes)",
        "F32 | [2] | [-8, 0] | data_offsets: -8 (expected: >= 0)",
        "F32 | [2] | [0] | data_offsets: [0] (expected: two)",
        "F32 | [-2] | [0, 8] | shape: -2 (expected: >= 0)",
        "F32 | ['2'] | [0, 8] | shape: not numbers",
        "F32 | [1,1,1,1,1,1,1,1,2] | [0, 8] | shape: more than 8",
        "C64 | [1] | [0, 8] | dtype: C64"
      })
  void open_wrongTensor_saysWhatIsExpected(
      String type, String shape, String offsets, String problem) throws IOException {
    Path file = write(header(type, shape.replace('\'', '"'), offsets), buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": header: tensor t: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [2] | [0, 1e99]",
        "F32 | [2] | [0, 8.5]",
        "F32 | [2] | 7",
        "F32 | [[2]] | [0, 8]",
        "F32 | [4611686018427387904, 4] | [0, 8]",
        "F32 | [9223372036854775807] | [0, 8]"
      })
  void open_numbersThatAreNone_areRefused(String type, String shape, String offsets)
      throws IOException {
    Path file = write(header(type, shape, offsets), buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageStartingWith(file + ": header: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0, 4] | [4, 8] | 12 | 12 bytes of data (expected: 8)",
        "[0, 4] | [8, 12] | 12 | tensor u: data_offsets: [8, 12] (expected: [4, 8] of 12 bytes)",
        "[0, 4] | [0, 4] | 4 | tensor u: data_offsets: [0, 4] (expected: [4, 8] of 4 bytes)",
        "[4, 8] | [4, 8] | 8 | tensor t: data_offsets: [4, 8] (expected: [0, 4] of 8 bytes)"
      })
  void open_holeOrOverlap_isRefused(String first, String second, int data, String problem)
      throws IOException {
    Path file =
        write(
            header("F32", "[1]", first)
                + ","
                + header("F32", "[1]", second).replace("\"t\"", "\"u\""),
            buffer(data));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": header: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'t': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}, 't': 1 | t: twice",
        "'t': {'dtype': 'F32', 'dtype': 'F32'} | tensor t: dtype: twice",
        "'t': {'dtype': 'F32', 'kind': 1} | tensor t: kind",
        "'t': {'dtype': 'F32', 'shape': [2]} "
            + "| tensor t: [dtype, shape] (expected: dtype, shape, data_offsets)"
      })
  void open_keysThatDoNotFit_areNamed(String header, String problem) throws IOException {
    Path file = write(header.replace('\'', '"'), buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": header: " + problem);
  }

  @Test
  void floats_shapeOrTypeOfAnother_isRefused() throws IOException {
    SafetensorsFile floats = SafetensorsFile.open(write(header("F32", "[2]", "[0, 8]"), buffer(8)));

    assertThatThrownBy(() -> floats.floats("t", 1, 2))
        .hasMessageEndingWith("tensor t: shape: [2] (expected: [1, 2])");
    SafetensorsFile whole = SafetensorsFile.open(write(header("I64", "[1]", "[0, 8]"), buffer(8)));
    assertThatThrownBy(() -> whole.floats("t", 1))
        .hasMessageEndingWith("tensor t: dtype: I64 (expected: F64, F32, F16 or BF16)");
  }

  @Test
  void open_metadataAndEmptyTensor_areFine() throws IOException {
    SafetensorsFile file =
        SafetensorsFile.open(
            write(
                "\"__metadata__\": {\"format\": \"pt\"}, " + header("F32", "[0, 3]", "[0, 0]"),
                buffer(0)));

    assertThat(file.names()).containsExactly("t");
    assertThat(file.tensor("t").shape()).containsExactly(0L, 3L);
    assertThat(file.floats("t", 0, 3)).isEmpty();
  }

  @Test
  void floats_missing_namesThoseThatAreThere() throws IOException {
    Path file = write(header("F32", "[2]", "[0, 8]"), buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.open(file).floats("other", 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": tensor other: missing (expected: among [t])");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void floats_notFinite_isRefused(float value) throws IOException {
    Path file = write(header("F32", "[2]", "[0, 8]"), buffer(8).putFloat(1).putFloat(value));

    assertThatThrownBy(() -> SafetensorsFile.open(file).floats("t", 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": tensor t: " + value + " at 1 (expected: finite)");
  }

  @Test
  void floats_doublesAndManyChunks_roundToTheNearest() throws IOException {
    int count = 300_001;
    ByteBuffer data = buffer(8 * count);
    for (int i = 0; i < count; i++) {
      data.putDouble(i + 0.1);
    }
    float[] values =
        SafetensorsFile.open(write(header("F64", "[300001]", "[0, 2400008]"), data))
            .floats("t", count);

    for (int i = 0; i < count; i++) {
      assertThat(values[i]).isEqualTo((float) (i + 0.1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, -1, 0, 1, 1L << 21, 11})
  void read_headerLengthWrong_isRefused(long length) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.write(file, buffer(18).putLong(length).put("{\"t\":null}".getBytes(UTF_8)).array());

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(
            file + ": header: " + Long.toUnsignedString(length) + " bytes (expected: 2 to 10)");
  }

  /** Whatever is cut off, the answer is the model's own exception. */
  @Test
  void read_truncatedAnywhere_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(header("F32", "[2]", "[0, 8]"), buffer(8)));
    Path file = folder.resolve("cut.safetensors");

    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SafetensorsFile.open(file).floats("t", 2))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"t\"", "\"t\": [", "[[[[[", "\u0000", "}, {", "\"\ud800\": 1"})
  void read_headerNotJson_isRefused(String content) throws IOException {
    Path file = write(content, buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(": header: ");
  }

  private Path write(String header, ByteBuffer data) throws IOException {
    byte[] json = ("{" + header + "}").getBytes(UTF_8);
    byte[] file = new byte[8 + json.length + data.capacity()];
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data.clear());
    return Files.write(folder.resolve("model.safetensors"), file);
  }

  private static String header(String type, String shape, String offsets) {
    return "\"t\": {\"dtype\": \"%s\", \"shape\": %s, \"data_offsets\": %s}"
        .formatted(type, shape, offsets);
  }

  private static ByteBuffer buffer(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
