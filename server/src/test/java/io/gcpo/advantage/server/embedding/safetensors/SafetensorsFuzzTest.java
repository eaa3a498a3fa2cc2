// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a safetensors file: its tensors are read or the file is refused. */
class SafetensorsFuzzTest {
  @TempDir private static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "{\"t\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}",
            "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F16\",\"shape\":[4],"
                + "\"data_offsets\":[0,8]}}",
            "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4,8]}}",
            "{\"t\":{\"dtype\":\"F64\",\"shape\":[9223372036854775807,2],\"data_offsets\":[0,-1]}}")
        .map(SafetensorsFuzzTest::file);
  }

  @MethodSource("seeds")
  @FuzzTest(maxExecutions = 5_000)
  void readsOrRefuses(byte[] data) throws IOException {
    Path file = Files.write(folder.resolve("model.safetensors"), data);
    try {
      SafetensorsFile tensors = SafetensorsFile.open(file);
      for (String name : tensors.names()) {
        long[] shape = tensors.tensor(name).shape().stream().mapToLong(Long::longValue).toArray();
        assertThat(tensors.floats(name, shape).length * 2L).isLessThanOrEqualTo(data.length);
      }
    } catch (InvalidModelException refused) {
      assertThat(refused).hasMessageStartingWith(file + ": ");
    }
  }

  private static byte[] file(String header) {
    byte[] bytes = header.getBytes(UTF_8);
    return ByteBuffer.allocate(Long.BYTES + bytes.length + 8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(bytes.length)
        .put(bytes)
        .array();
  }
}
