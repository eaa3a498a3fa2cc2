// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.io.Resources;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is read or refused, and nothing else. */
final class SafetensorsCorruptionTest {
  private static final String WHOLE =
      "/golden/models/cases/dense_identity/2_Dense/model.safetensors";

  @TempDir private Path folder;

  @Test
  void read_bytesChanged_valuesOrRefusal() throws IOException {
    byte[] whole = Resources.toByteArray(SafetensorsCorruptionTest.class.getResource(WHOLE));
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int refused = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        damaged[random.nextInt(8 + header)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "0123456789[]{}\",:".charAt(random.nextInt(17)));
      }
      if (random.nextInt(4) == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(2 * damaged.length));
      }
      refused += read(damaged, "seed " + seed) ? 0 : 1;
    }
    assertThat(refused).isBetween(1_000, 2_000);
  }

  @Test
  void read_deepOrGiantHeader_isRefused() throws IOException {
    String deep = "{\"t\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";
    String deepMetadata = "{\"__metadata__\":" + "{\"a\":".repeat(1_000_000) + "1";
    String wide = "{\"t\":{\"shape\":[" + "1,".repeat(2_000_000) + "1]}}";

    for (String header : new String[] {deep, deepMetadata, wide}) {
      byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
      ByteBuffer file = ByteBuffer.allocate(8 + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(read(file.putLong(bytes.length).put(bytes).array(), header.substring(0, 20)))
          .isFalse();
    }
  }

  private boolean read(byte[] content, String description) throws IOException {
    Path file = Files.write(folder.resolve("model.safetensors"), content);
    Throwable problem =
        catchThrowable(
            () -> {
              SafetensorsFile tensors = SafetensorsFile.open(file);
              for (String name : tensors.names()) {
                TensorInfo tensor = tensors.tensor(name);
                tensors.floats(name, tensor.shape().stream().mapToLong(Long::longValue).toArray());
              }
            });
    if (problem != null) {
      assertThat(problem)
          .as(description)
          .isInstanceOf(InvalidModelException.class)
          .hasMessageStartingWith(file + ": ");
    }
    return problem == null;
  }
}
