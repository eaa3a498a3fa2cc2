// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    SafetensorsFile tensors = SafetensorsFile.read(file);

    assertThat(tensors.floats("t", 2)).containsExactly(1.5f, -3);
    assertThat(tensors.floats("h", 4)).containsExactly(1, -2.5f, 0x1p-24f, 65504);
    assertThat(tensors.floats("b", 1, 2)).containsExactly(1.5f, -3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [2] | [0, 4] | data_offsets: [0,4] (expected: 8 bytes in [0, 8])",
        "F32 | [2] | [4, 12] | data_offsets: [4,12] (expected: 8 bytes in [0, 8])",
        "F32 | [2] | [-8, 0] | data_offsets: [-8,0] (expected: 8 bytes in [0, 8])",
        "F32 | [2] | [0, 1e99] | data_offsets: [0,1e99] (expected: 8 bytes in [0, 8])",
        "F32 | [2] | 7 | data_offsets: 7 (expected: 8 bytes in [0, 8])",
        "F32 | [3] | [0, 8] | shape: [3] (expected: [2])",
        "F32 | [] | [0, 8] | shape: [] (expected: [2])",
        "I8 | [2] | [0, 8] | dtype: \"I8\" (expected: among [F32, F16, BF16])",
        "F64 | [2] | [0, 8] | dtype: \"F64\" (expected: among [F32, F16, BF16])"
      })
  void floats_wrongHeader_saysWhatIsExpected(
      String type, String shape, String offsets, String problem) throws IOException {
    Path file = write(header(type, shape, offsets), buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.read(file).floats("t", 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": tensor t: " + problem);
  }

  @Test
  void floats_missing_namesThoseThatAreThere() throws IOException {
    Path file = write(header("F32", "[2]", "[0, 8]"), buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.read(file).floats("other", 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": tensor other: missing (expected: among [t])");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void floats_notFinite_isRefused(float value) throws IOException {
    Path file = write(header("F32", "[2]", "[0, 8]"), buffer(8).putFloat(1).putFloat(value));

    assertThatThrownBy(() -> SafetensorsFile.read(file).floats("t", 2))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(file + ": tensor t: " + value + " at 1 (expected: finite)");
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, -1, 0, 1, 1L << 21, 11})
  void read_headerLengthWrong_isRefused(long length) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Files.write(file, buffer(18).putLong(length).put("{\"t\":null}".getBytes(UTF_8)).array());

    assertThatThrownBy(() -> SafetensorsFile.read(file))
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
      assertThatThrownBy(() -> SafetensorsFile.read(file).floats("t", 2))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"t\"", "\"t\": [", "[[[[[", "\u0000"})
  void read_headerNotJson_isRefused(String content) throws IOException {
    Path file = write(content, buffer(8));

    assertThatThrownBy(() -> SafetensorsFile.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("header: not a JSON object");
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
